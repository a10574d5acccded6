package dev.lakewright.config;

import java.util.Map;
import java.util.Optional;

/** Cross-validation and the sweep over hyperparameters. */
public record TuneConfig(
    @Key(doc = "Number of folds", fallback = "3", min = 2, max = 100) int folds,
    @Key(
            doc =
                "stratified: equal class shares; random: by hash only; group: whole groups of a"
                    + " column; column: the column's values are the folds; time: folds follow each"
                    + " other in the column's time, and only earlier rows train; rows without a time"
                    + " count as the oldest",
            fallback = "stratified")
        By by,
    @Key(doc = "The column that group, column or time refer to") Optional<String> column,
    @Key(
            doc = "Metric that chooses the best trial",
            fallback = "macro_f1",
            oneOf = {
              "accuracy",
              "macro_f1",
              "micro_f1",
              "weighted_f1",
              "macro_precision",
              "macro_recall",
              "balanced_accuracy",
              "g_mean",
              "mcc",
              "log_loss",
              "brier",
              "roc_auc",
              "pr_auc",
              "calibration_error"
            })
        String metric,
    @Key(
            doc =
                "grid: every combination; random: independent draws; quasi_random: evenly spread"
                    + " (Sobol); tpe: tree-structured Parzen estimator, which learns from results;"
                    + " genetic: generations of a genetic algorithm (JGAP)",
            fallback = "grid")
        Sampler sampler,
    @Key(
            doc = "Number of trials, but of a grid all; more trials continue a sweep",
            fallback = "20",
            min = 1,
            max = 100_000)
        int trials,
    @Key(doc = "Seed of folds and draws", fallback = "7") long seed,
    @Key(
            doc = "Key path of features, sampling, learner or ensemble, to its candidate values",
            keysUnder = {"features", "sampling", "learner", "ensemble"})
        Map<String, SearchDimension> space,
    @Key(doc = "Delta folder of trials and out-of-fold scores; default: <registry>/<name>/sweeps")
        Optional<String> table,
    @Key(
            doc =
                "How the cluster trains. task_parallel: each task trains whole models on all rows of"
                    + " a fold; data_parallel: every pass over the rows is one job for all models;"
                    + " auto: by the memory there is",
            fallback = "auto")
        Plan plan,
    @Key(
            doc =
                "Trials asked of the sampler at once: adaptive samplers hear of their results before"
                    + " they are asked again. 0: 8 for adaptive samplers and with minutes or patience,"
                    + " else 64",
            fallback = "0",
            min = 0,
            max = 100_000)
        int batch,
    @Key(
            doc =
                "Which trials stop before their full effort. halving: the best 1/reduction of all so"
                    + " far go on to the next rung (ASHA); hyperband: the same from several first"
                    + " rungs; median: the better half goes on",
            fallback = "none")
        Pruner pruner,
    @Key(doc = "With a pruner: what grows from rung to rung", fallback = "rows") Fidelity fidelity,
    @Key(
            doc = "With a pruner: factor of effort from rung to rung",
            fallback = "4",
            min = 2,
            max = 100)
        int reduction,
    @Key(
            doc = "With a pruner: least share of the full effort",
            fallback = "0.0625",
            min = 1e-4,
            max = 1)
        double minFidelity,
    @Key(doc = "No trial begins after so many minutes; 0: no limit", fallback = "0", min = 0)
        double minutes,
    @Key(
            doc = "End when so many trials in a row brought no improvement; 0: never",
            fallback = "0",
            min = 0,
            max = 100_000)
        int patience,
    @Key(
            doc = "A trial that trains longer on a fold has failed, and says so; 0: no limit",
            fallback = "3600",
            min = 0)
        double trialSeconds,
    @Key(
            doc =
                "best: the best mean; one_standard_error: the most regularized trial whose mean is"
                    + " within a standard error of the best",
            fallback = "best")
        Choice choose,
    @Key(doc = "Folder of another sweep's tables: adaptive samplers learn from its trials")
        Optional<String> warmStart,
    @Key(
            doc = "Trials whose out-of-fold scores are kept in the table: the best so many",
            fallback = "5",
            min = 1,
            max = 100_000)
        int keepScores) {

  /** How the cluster trains. */
  public enum Plan {
    AUTO,
    TASK_PARALLEL,
    DATA_PARALLEL
  }

  /** Which trials stop early. */
  public enum Pruner {
    NONE,
    HALVING,
    HYPERBAND,
    MEDIAN
  }

  /** What a pruner gives more of. */
  public enum Fidelity {
    ROWS,
    PASSES
  }

  /** How the winner is chosen. */
  public enum Choice {
    BEST,
    ONE_STANDARD_ERROR
  }

  /** What decides the fold of a row. */
  public enum By {
    STRATIFIED,
    RANDOM,
    GROUP,
    COLUMN,
    TIME
  }

  /** How points of the space are chosen. */
  public enum Sampler {
    GRID,
    RANDOM,
    QUASI_RANDOM,
    TPE,
    GENETIC;

    /** Whether results decide what is asked next. */
    public boolean adaptive() {
      return this == TPE || this == GENETIC;
    }
  }

  public TuneConfig {
    if (by != By.STRATIFIED && by != By.RANDOM && column.isEmpty()) {
      throw new IllegalArgumentException(
          "by: " + by.name().toLowerCase(java.util.Locale.ROOT) + " needs column to be set");
    }
  }
}
