package dev.lakewright.tuning;

import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * An earlier model's weights for a new training: those of the features and classes that both have,
 * zero elsewhere. Only where the minimizer sets out depends on them, not where it arrives.
 */
public final class WarmStart {

  private WarmStart() {}

  /**
   * Maps weights.
   *
   * @param featurizer that made the features of the new training
   * @param classes of the new training
   * @return empty where the earlier model is not a single linear one, or shares no feature
   */
  public static Optional<LinearStart> of(
      Classifier earlier, Featurizer featurizer, List<String> classes) {
    if (!(earlier.scorer() instanceof LinearScorer scorer)) {
      return Optional.empty();
    }
    int[] places = featurizer.placesIn(earlier.featurizer());
    if (Arrays.stream(places).allMatch(place -> place < 0)) {
      return Optional.empty();
    }
    Scores scores = new Scores(earlier.labels(), classes);
    int outputs = LinearScorer.outputs(classes.size());
    float[] weights = new float[places.length * outputs];
    double[] ofFeature = new double[earlier.labels().size()];
    double[] mapped = new double[outputs];
    for (int feature = 0; feature < places.length; feature++) {
      if (places[feature] >= 0) {
        for (int label = 0; label < ofFeature.length; label++) {
          ofFeature[label] = scorer.weight(places[feature], label);
        }
        scores.map(ofFeature, ofFeature.length == 2 ? 0.5 : 1, mapped);
        for (int k = 0; k < outputs; k++) {
          weights[feature * outputs + k] = (float) mapped[k];
        }
      }
    }
    // the margins of a record without features are the intercepts
    scorer.score(new SparseVector(), ofFeature);
    double[] intercepts = new double[outputs];
    scores.map(ofFeature, 1, intercepts);
    return Optional.of(new LinearStart(weights, intercepts));
  }

  /** From a score per class of the earlier model to the outputs of the new one. */
  private static final class Scores {
    private final int[] earlier;

    Scores(List<String> labels, List<String> classes) {
      earlier = classes.stream().mapToInt(labels::indexOf).toArray();
    }

    void map(double[] scores, double scale, double[] outputs) {
      if (outputs.length == 1) {
        outputs[0] = scale * (score(scores, 1) - score(scores, 0));
        return;
      }
      for (int k = 0; k < outputs.length; k++) {
        outputs[k] = scale * score(scores, k);
      }
    }

    private double score(double[] scores, int label) {
      return earlier[label] < 0 ? 0 : scores[earlier[label]];
    }
  }
}
