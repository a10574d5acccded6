package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.ClassWeights;
import java.util.List;

/** What scores lack for probabilities under the class shares of the table. */
final class PriorShifts {

  private PriorShifts() {}

  /**
   * What is to be added to the classes' scores where weights, other numbers of rows or a logit
   * adjustment were trained with: {@code log(share in table) - (1 - tau) log(share in training)},
   * shares being of all that makes a row count (Saerens et al. 2002, equation 4; Menon et al. 2021,
   * equation 9). Zeros, up to rounding, where there is nothing to undo.
   *
   * @param trained totals of the rows that were trained on
   * @param table totals of the same rows as they are in the table
   */
  static double[] of(
      LearnerConfig learner,
      SamplingConfig sampling,
      List<String> classes,
      ClassTotals trained,
      ClassTotals table) {
    double[] classWeights = ClassWeights.of(sampling, classes, trained.rows());
    double[] alpha = LinearProblems.alpha(learner, classes);
    double[] shares = trained.times(classWeights).times(alpha).logShares();
    double[] natural = table.logShares();
    double[] shifts = new double[shares.length];
    for (int k = 0; k < shifts.length; k++) {
      shifts[k] = natural[k] - shares[k] + LinearProblems.tau(learner) * shares[k];
    }
    return shifts;
  }
}
