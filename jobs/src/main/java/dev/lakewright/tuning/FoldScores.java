package dev.lakewright.tuning;

import dev.lakewright.calibration.Calibration;
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
 * @param keys stable hashes of the validation rows, ascending
 * @param ids of the rows
 * @param labels class indices
 * @param margins {@code rows × classes}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record FoldScores(
    int trial, int fold, long[] keys, String[] ids, int[] labels, float[] weights, double[] margins)
    implements Serializable {

  /** Every metric on these rows, the most probable class being the prediction. */
  Map<String, Double> metrics(List<String> classes) {
    ScoredRows scored =
        ScoredRows.of(
            classes, labels, margins, new Calibration.Softmax(), new Thresholds.MostProbable());
    Map<String, Double> values = new LinkedHashMap<>();
    for (Metric metric : Metric.values()) {
      values.put(metric.key(), metric.of(scored));
    }
    return values;
  }
}
