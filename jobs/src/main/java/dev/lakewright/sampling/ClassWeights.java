package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.ConfigException;
import java.util.Arrays;
import java.util.List;

/** The weight of each class's training rows. */
public final class ClassWeights {

  private ClassWeights() {}

  /**
   * Weights per class; a class without rows weighs 1 where counts decide.
   *
   * @param classCounts training rows per class
   * @throws ConfigException when a weight is stated for a class that there is not
   */
  public static double[] of(SamplingConfig config, List<String> classes, long[] classCounts) {
    return switch (config.weights()) {
      case NONE -> explicit(config, classes);
      case BALANCED -> balanced(classCounts);
      case EFFECTIVE_NUMBER -> effectiveNumber(config.beta(), classCounts);
    };
  }

  /**
   * Looks at what is stated by class.
   *
   * @throws ConfigException when a weight is stated for a class that there is not
   */
  public static void requireClasses(SamplingConfig config, List<String> classes) {
    config.classWeights().keySet().forEach(label -> place(label, classes));
  }

  private static double[] explicit(SamplingConfig config, List<String> classes) {
    double[] weights = new double[classes.size()];
    Arrays.fill(weights, 1);
    config.classWeights().forEach((label, weight) -> weights[place(label, classes)] = weight);
    return weights;
  }

  /**
   * {@code rows / (classes × rows of the class)}, as scikit-learn's {@code class_weight="balanced"}
   * (King and Zeng, 2001).
   */
  private static double[] balanced(long[] counts) {
    double rows = Arrays.stream(counts).sum();
    return Arrays.stream(counts)
        .mapToDouble(count -> count == 0 ? 1 : rows / (counts.length * (double) count))
        .toArray();
  }

  /**
   * {@code (1 - beta) / (1 - beta^n)} (Cui et al., <i>Class-Balanced Loss Based on Effective Number
   * of Samples</i>, 2019, equation 2), times what makes the rows weigh 1 on average. So beta 0
   * gives ones and beta 1 balanced weights, where the paper makes the weights add up to the number
   * of classes: a common factor, which a mean loss does not see.
   */
  private static double[] effectiveNumber(double beta, long[] counts) {
    double[] weights = new double[counts.length];
    double sum = 0;
    for (int k = 0; k < counts.length; k++) {
      // beta^n by its logarithm, which keeps the digits of 1 - beta^n where beta is nearly 1
      double effective =
          beta == 1 ? counts[k] : -StrictMath.expm1(counts[k] * StrictMath.log(beta));
      weights[k] = 1 / effective;
      sum += counts[k] == 0 ? 0 : counts[k] * weights[k];
    }
    double scale = Arrays.stream(counts).sum() / sum;
    for (int k = 0; k < counts.length; k++) {
      weights[k] = counts[k] == 0 ? 1 : weights[k] * scale;
    }
    return weights;
  }

  private static int place(String label, List<String> classes) {
    int place = classes.indexOf(label);
    if (place < 0) {
      throw new ConfigException(
          "sampling.class_weights names the class %s, but the training rows hold only %s; correct or remove it"
              .formatted(label, classes));
    }
    return place;
  }
}
