package dev.lakewright.comparison;

import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.training.Decision;
import dev.lakewright.tuning.OutOfFold;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Out-of-fold rows with probabilities and labels that no row had a part in choosing for itself: the
 * calibration and thresholds of a fold's rows are chosen on the rows of all other folds.
 */
final class CrossFitting {

  private CrossFitting() {}

  /**
   * Scores rows.
   *
   * @param choose chooses on the rows it is given
   * @return in the order of the rows
   */
  static ScoredRows score(
      List<String> classes, OutOfFold rows, Function<OutOfFold, Decision> choose) {
    int[] folds = IntStream.of(rows.folds()).distinct().toArray();
    List<ScoredRows> parts =
        Arrays.stream(folds)
            .parallel()
            .mapToObj(
                fold ->
                    choose
                        .apply(rows.where(other -> other != fold))
                        .score(classes, rows.where(own -> own == fold)))
            .toList();
    return ScoredRows.concatenate(parts);
  }
}
