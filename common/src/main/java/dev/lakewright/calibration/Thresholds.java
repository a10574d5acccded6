package dev.lakewright.calibration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.OptionalInt;

/** Probabilities into a label. */
public sealed interface Thresholds {

  /** Index of the chosen class; among equals the first. */
  int decide(double[] probabilities);

  /** How many classes they are for; empty: any number. */
  default OptionalInt classes() {
    return OptionalInt.empty();
  }

  /** For storage. */
  ObjectNode toJson();

  /** The most probable class. */
  record MostProbable() implements Thresholds {
    @Override
    public int decide(double[] probabilities) {
      int best = 0;
      for (int k = 1; k < probabilities.length; k++) {
        if (probabilities[k] > probabilities[best]) {
          best = k;
        }
      }
      return best;
    }

    @Override
    public ObjectNode toJson() {
      return JsonNodeFactory.instance.objectNode().put("kind", "most_probable");
    }
  }

  /**
   * The class whose probability exceeds its threshold by the largest factor. For two classes with
   * the thresholds {@code 1 - t} and {@code t} this is the second where its probability exceeds t.
   *
   * @param values one per class, in (0, 1]
   */
  @SuppressWarnings("ArrayRecordComponent")
  record PerClass(double[] values) implements Thresholds {
    public PerClass {
      for (double value : values) {
        if (!(value > 0 && value <= 1)) {
          throw new IllegalArgumentException("a threshold must be in (0, 1], not " + value);
        }
      }
    }

    @Override
    public OptionalInt classes() {
      return OptionalInt.of(values.length);
    }

    @Override
    public int decide(double[] probabilities) {
      int best = 0;
      for (int k = 1; k < probabilities.length; k++) {
        if (probabilities[k] * values[best] > probabilities[best] * values[k]) {
          best = k;
        }
      }
      return best;
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "per_class");
      ArrayNode array = json.putArray("values");
      Arrays.stream(values).forEach(array::add);
      return json;
    }
  }

  /**
   * The class of least expected cost (Elkan, <i>The Foundations of Cost-Sensitive Learning</i>,
   * 2001, equation 1).
   *
   * @param costs true class × predicted class
   */
  @SuppressWarnings("ArrayRecordComponent")
  record LeastCost(double[][] costs) implements Thresholds {
    public LeastCost {
      for (double[] row : costs) {
        if (row.length != costs.length) {
          throw new IllegalArgumentException(
              "costs of %d classes have a row of %d".formatted(costs.length, row.length));
        }
        for (double cost : row) {
          if (!Double.isFinite(cost)) {
            throw new IllegalArgumentException("a cost must be finite, not " + cost);
          }
        }
      }
    }

    @Override
    public OptionalInt classes() {
      return OptionalInt.of(costs.length);
    }

    @Override
    public int decide(double[] probabilities) {
      int best = 0;
      double least = Double.POSITIVE_INFINITY;
      for (int predicted = 0; predicted < probabilities.length; predicted++) {
        double cost = 0;
        for (int label = 0; label < probabilities.length; label++) {
          cost += probabilities[label] * costs[label][predicted];
        }
        if (cost < least) {
          least = cost;
          best = predicted;
        }
      }
      return best;
    }

    @Override
    public ObjectNode toJson() {
      ObjectNode json = JsonNodeFactory.instance.objectNode().put("kind", "least_cost");
      ArrayNode rows = json.putArray("costs");
      for (double[] row : costs) {
        ArrayNode values = rows.addArray();
        Arrays.stream(row).forEach(values::add);
      }
      return json;
    }
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws IllegalArgumentException when it did not
   */
  static Thresholds fromJson(JsonNode json) {
    String kind = json.path("kind").asText();
    try {
      return switch (kind) {
        case "most_probable" -> new MostProbable();
        case "per_class" -> new PerClass(numbers(json.path("values")));
        case "least_cost" ->
            new LeastCost(
                json.path("costs").valueStream().map(Thresholds::numbers).toArray(double[][]::new));
        default -> throw new IllegalArgumentException("kind is '" + kind + "'");
      };
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the stored thresholds cannot be read: " + e.getMessage(), e);
    }
  }

  private static double[] numbers(JsonNode array) {
    return array.valueStream().mapToDouble(value -> value.asDouble(Double.NaN)).toArray();
  }
}
