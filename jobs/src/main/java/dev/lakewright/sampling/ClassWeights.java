package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.ConfigException;
import java.util.Arrays;
import java.util.List;

/** The weight of each class's training rows. */
public final class ClassWeights {

  private ClassWeights() {}

  /**
   * Weights per class. Balanced: {@code rows / (classes × rows of the class)}, as scikit-learn's
   * {@code class_weight="balanced"} (King and Zeng, 2001); a class without rows weighs 1.
   *
   * @param classCounts training rows per class
   */
  public static double[] of(SamplingConfig config, List<String> classes, long[] classCounts) {
    double[] weights = new double[classCounts.length];
    Arrays.fill(weights, 1);
    switch (config.weights()) {
      case NONE ->
          config.classWeights().forEach((label, weight) -> weights[place(label, classes)] = weight);
      case BALANCED -> {
        double rows = Arrays.stream(classCounts).sum();
        for (int k = 0; k < weights.length; k++) {
          if (classCounts[k] > 0) {
            weights[k] = rows / (weights.length * (double) classCounts[k]);
          }
        }
      }
    }
    return weights;
  }

  private static int place(String label, List<String> classes) {
    int place = classes.indexOf(label);
    if (place < 0) {
      throw new ConfigException(
          "sampling.class_weights names the class %s, but the training rows hold only %s"
              .formatted(label, classes));
    }
    return place;
  }
}
