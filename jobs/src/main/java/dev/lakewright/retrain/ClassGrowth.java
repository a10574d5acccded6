package dev.lakewright.retrain;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.LinearScorer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A classifier with other weights, of more features and classes than it had. */
final class ClassGrowth {

  private ClassGrowth() {}

  /** Whether calibration and thresholds treat all classes alike, so that there may be more. */
  static boolean possible(Classifier classifier) {
    Calibration calibration = classifier.calibration();
    boolean alike =
        calibration instanceof Calibration.Softmax
            || calibration instanceof Calibration.Temperature;
    return alike && classifier.thresholds() instanceof Thresholds.MostProbable;
  }

  static Classifier grow(
      Classifier classifier, List<String> classes, Featurizer featurizer, LinearStart weights) {
    int[] places = featurizer.placesIn(classifier.featurizer());
    Map<Integer, String> names = new HashMap<>();
    for (int feature = 0; feature < places.length; feature++) {
      String name = classifier.terms().get(places[feature]);
      if (name != null) {
        names.put(feature, name);
      }
    }
    return new Classifier(
        classes,
        featurizer,
        new LinearScorer(
            featurizer.size(), classes.size(), weights.weights(), weights.intercepts()),
        classifier.calibration(),
        classifier.thresholds(),
        names,
        classifier.provenance());
  }
}
