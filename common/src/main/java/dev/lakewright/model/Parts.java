package dev.lakewright.model;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * Whether the parts of a model are of the same classes and features. Each part checks itself; parts
 * that do not fit each other would fail on rows, long after the model was loaded.
 */
final class Parts {

  private Parts() {}

  /**
   * Checks all parts of a model.
   *
   * @throws IllegalArgumentException when one does not fit, telling both numbers
   */
  static void requireFit(
      List<String> labels,
      Featurizer featurizer,
      Scorer scorer,
      Calibration calibration,
      Thresholds thresholds,
      Map<Integer, String> terms) {
    if (labels.size() != scorer.classes() || new HashSet<>(labels).size() != labels.size()) {
      throw new IllegalArgumentException(
          "a scorer of %d classes needs as many different labels, not %s"
              .formatted(scorer.classes(), labels));
    }
    if (featurizer.size() != scorer.features()) {
      throw new IllegalArgumentException(
          "the featurizer makes %d features, and the scorer takes %d"
              .formatted(featurizer.size(), scorer.features()));
    }
    requireClasses("calibration", calibration.classes(), labels.size());
    requireClasses("thresholds", thresholds.classes(), labels.size());
    requireFeatures(terms, featurizer.size());
  }

  private static void requireClasses(String part, OptionalInt own, int classes) {
    if (own.orElse(classes) != classes) {
      throw new IllegalArgumentException(
          "the model has %d classes, and its %s %d".formatted(classes, part, own.getAsInt()));
    }
  }

  private static void requireFeatures(Map<Integer, String> terms, int features) {
    for (Map.Entry<Integer, String> term : terms.entrySet()) {
      if (term.getKey() < 0 || term.getKey() >= features) {
        throw new IllegalArgumentException(
            "a term names feature %d ('%s'), and the featurizer makes %d"
                .formatted(term.getKey(), term.getValue(), features));
      }
    }
  }
}
