package dev.lakewright.config;

import java.util.List;

/** What the job compare-imbalance compares. */
public record CompareConfig(
    @Key(
            doc =
                "Remedies for rare classes, by name; default: those that suit the columns and the"
                    + " number of rows. The methods of sampling.method; balanced_weights,"
                    + " effective_number; focal, logit_adjusted; balanced_bagging, easy_ensemble, rus_boost; augmentation, mix_up; thresholds:"
                    + " chosen for thresholds.goal without another remedy; configured: as the"
                    + " configuration says. none is always among them")
        List<Remedy> remedies,
    @Key(
            doc = "Values of learner.l2 for every remedy, where tune.space names none",
            fallback = "[1e-2, 1e-3, 1e-4]",
            min = 0)
        List<Double> penalties,
    @Key(
            doc =
                "Most training rows with which methods that look for the neighbours of every row are"
                    + " compared without being named",
            fallback = "20000",
            min = 0)
        int neighbourRows) {

  public CompareConfig {
    if (penalties.isEmpty()) {
      throw new IllegalArgumentException("penalties needs at least one value");
    }
  }
}
