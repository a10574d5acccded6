package dev.lakewright.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;

/** Raw scores into probabilities. */
public sealed interface Calibration {

  /** Shares whose logarithms differ by less are the same: sums of weights are rounded. */
  double LEAST_CHANGE = 1e-9;

  /**
   * Computes probabilities, which add up to 1.
   *
   * @param margins raw scores, one per class
   * @param probabilities out: one per class
   */
  void apply(double[] margins, double[] probabilities);

  /** How many classes it is for; empty: any number. */
  default OptionalInt classes() {
    return OptionalInt.empty();
  }

  /** For storage. */
  ObjectNode toJson();

  /** The softmax alone. */
  record Softmax() implements Calibration {
    @Override
    public void apply(double[] margins, double[] probabilities) {
      softmax(margins, 1, probabilities);
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("method", "none");
    }
  }

  /**
   * Softmax of scores over a temperature (Guo et al., <i>On Calibration of Modern Neural
   * Networks</i>, 2017, equation 9). Keeps the order of classes.
   */
  record Temperature(double temperature) implements Calibration {
    public Temperature {
      if (!(temperature > 0) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException("temperature must be > 0, not " + temperature);
      }
    }

    @Override
    public void apply(double[] margins, double[] probabilities) {
      softmax(margins, 1 / temperature, probabilities);
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance
          .objectNode()
          .put("method", "temperature")
          .put("temperature", temperature);
    }
  }

  /**
   * A monotone function per class over its softmax probability, then normalized (Zadrozny and
   * Elkan, 2002). Where all classes come out at 0 the softmax stands.
   */
  record Isotonic(List<MonotoneFunction> functions) implements Calibration {
    public Isotonic {
      functions = List.copyOf(functions);
    }

    @Override
    public OptionalInt classes() {
      return OptionalInt.of(functions.size());
    }

    @Override
    public void apply(double[] margins, double[] probabilities) {
      softmax(margins, 1, probabilities);
      double total = 0;
      for (int k = 0; k < probabilities.length; k++) {
        total += functions.get(k).at(probabilities[k]);
      }
      if (total > 0) {
        for (int k = 0; k < probabilities.length; k++) {
          probabilities[k] = functions.get(k).at(probabilities[k]) / total;
        }
      }
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("method", "isotonic");
      functions.forEach(function -> json.withArray("functions").add(function.toJson()));
      return json;
    }
  }

  /**
   * Probabilities under other class shares: {@code p_k * factor_k}, normalized (Saerens, Latinne,
   * Decaestecker, <i>Adjusting the Outputs of a Classifier to New a Priori Probabilities</i>, 2002,
   * equation 4; of two classes, Elkan 2001, theorem 2). Factors are the ratios of the shares.
   *
   * @param factors one per class, > 0; only their ratios matter
   */
  @SuppressWarnings("ArrayRecordComponent")
  record PriorCorrected(Calibration of, double[] factors) implements Calibration {
    public PriorCorrected {
      for (double factor : factors) {
        if (!(factor > 0) || Double.isInfinite(factor)) {
          throw new IllegalArgumentException("a factor must be > 0, not " + factor);
        }
      }
      if (of.classes().orElse(factors.length) != factors.length) {
        throw new IllegalArgumentException(
            "%d factors correct a calibration of %d classes"
                .formatted(factors.length, of.classes().getAsInt()));
      }
    }

    @Override
    public OptionalInt classes() {
      return OptionalInt.of(factors.length);
    }

    @Override
    public void apply(double[] margins, double[] probabilities) {
      of.apply(margins, probabilities);
      double total = 0;
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] *= factors[k];
        total += probabilities[k];
      }
      for (int k = 0; k < probabilities.length; k++) {
        probabilities[k] /= total;
      }
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("method", "prior_corrected");
      for (double factor : factors) {
        json.withArray("factors").add(factor);
      }
      json.set("of", of.toJson());
      return json;
    }
  }

  /**
   * This calibration with the class shares changed.
   *
   * @param logRatios per class, the logarithm of its new share over its old one, up to a constant
   */
  default Calibration withPriors(double[] logRatios) {
    double largest = Arrays.stream(logRatios).max().orElse(0);
    double smallest = Arrays.stream(logRatios).min().orElse(0);
    if (largest - smallest < LEAST_CHANGE) {
      return this;
    }
    double[] factors = new double[logRatios.length];
    for (int k = 0; k < factors.length; k++) {
      factors[k] = StrictMath.exp(logRatios[k] - largest);
      factors[k] *= this instanceof PriorCorrected earlier ? earlier.factors()[k] : 1;
    }
    return new PriorCorrected(
        this instanceof PriorCorrected earlier ? earlier.of() : this, factors);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  static Calibration fromJson(JsonNode json) {
    String method = json.path("method").asText();
    try {
      return switch (method) {
        case "none" -> new Softmax();
        case "temperature" -> new Temperature(json.path("temperature").asDouble(Double.NaN));
        case "isotonic" ->
            new Isotonic(
                json.path("functions").valueStream().map(MonotoneFunction::fromJson).toList());
        case "prior_corrected" ->
            new PriorCorrected(
                fromJson(json.path("of")),
                json.path("factors")
                    .valueStream()
                    .mapToDouble(factor -> factor.asDouble(Double.NaN))
                    .toArray());
        default -> throw new IllegalArgumentException("method is '" + method + "'");
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the stored calibration cannot be read: " + e.getMessage(), e);
    }
  }

  private static void softmax(double[] margins, double scale, double[] probabilities) {
    double largest = Double.NEGATIVE_INFINITY;
    for (double margin : margins) {
      largest = Math.max(largest, margin * scale);
    }
    double total = 0;
    for (int k = 0; k < margins.length; k++) {
      // StrictMath: the same bits on every machine
      probabilities[k] = StrictMath.exp(margins[k] * scale - largest);
      total += probabilities[k];
    }
    for (int k = 0; k < margins.length; k++) {
      probabilities[k] /= total;
    }
  }
}
