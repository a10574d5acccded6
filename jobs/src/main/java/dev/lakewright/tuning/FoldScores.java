package dev.lakewright.tuning;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.CalibrationFitting;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.ScoredRows;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Out-of-fold scores of one trial on one fold.
 *
 * @param keys stable hashes of the validation rows, ascending; empty where nameless
 * @param ids of the rows; empty where nameless
 * @param labels class indices
 * @param margins {@code rows × classes}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record FoldScores(
    int trial, int fold, long[] keys, String[] ids, int[] labels, float[] weights, double[] margins)
    implements Serializable {

  /** The same without who the rows are, which takes more room than all else. */
  FoldScores nameless() {
    return new FoldScores(trial, fold, new long[0], new String[0], labels, weights, margins);
  }

  /** The same rows with other scores. */
  FoldScores with(double[] others) {
    return new FoldScores(trial, fold, keys, ids, labels, weights, others);
  }

  /** The rows of all, in their order; of one trial and fold. */
  static FoldScores concatenate(List<FoldScores> pieces) {
    int rows = pieces.stream().mapToInt(piece -> piece.labels.length).sum();
    int width = pieces.get(0).margins.length / pieces.get(0).labels.length;
    FoldScores all =
        new FoldScores(
            pieces.get(0).trial,
            pieces.get(0).fold,
            new long[rows],
            new String[rows],
            new int[rows],
            new float[rows],
            new double[rows * width]);
    int at = 0;
    for (FoldScores piece : pieces) {
      int size = piece.labels.length;
      System.arraycopy(piece.keys, 0, all.keys, at, size);
      System.arraycopy(piece.ids, 0, all.ids, at, size);
      System.arraycopy(piece.labels, 0, all.labels, at, size);
      System.arraycopy(piece.weights, 0, all.weights, at, size);
      System.arraycopy(piece.margins, 0, all.margins, at * width, size * width);
      at += size;
    }
    return all;
  }

  /**
   * Every metric on these rows, the class of the highest score being the prediction. Probabilities
   * are under the class shares of the table.
   *
   * @param priorShifts per class, what its score lacks for that
   */
  Map<String, Double> metrics(List<String> classes, double[] priorShifts) {
    Calibration softmax = new Calibration.Softmax();
    ScoredRows trained =
        ScoredRows.of(classes, labels, margins, softmax, new Thresholds.MostProbable());
    ScoredRows scored =
        new ScoredRows(
            classes,
            labels,
            CalibrationFitting.probabilities(
                softmax.withPriors(priorShifts), classes.size(), margins),
            trained.predicted());
    Map<String, Double> values = new LinkedHashMap<>();
    Map<Metric, Double> measured = Metric.all(scored);
    for (Metric metric : Metric.values()) {
      values.put(metric.key(), measured.get(metric));
    }
    return values;
  }
}
