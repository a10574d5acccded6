package dev.lakewright.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.util.List;

/** Raw scores into probabilities. */
public sealed interface Calibration {

  /**
   * Computes probabilities, which add up to 1.
   *
   * @param margins raw scores, one per class
   * @param probabilities out: one per class
   */
  void apply(double[] margins, double[] probabilities);

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
   * Reads what {@link #toJson} wrote.
   *
   * @throws StorageException when it did not
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
        default -> throw new IllegalArgumentException("method is '" + method + "'");
      };
    } catch (IllegalArgumentException e) {
      throw new StorageException("the stored calibration cannot be read: " + e.getMessage(), e);
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
