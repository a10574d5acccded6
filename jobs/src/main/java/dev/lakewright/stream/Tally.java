package dev.lakewright.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** How some rows were predicted. */
final class Tally {

  private final long[] actual;
  private final long[] predicted;
  private final long[] hits;
  private double loss;

  Tally(int classes) {
    this.actual = new long[classes];
    this.predicted = new long[classes];
    this.hits = new long[classes];
  }

  /**
   * Counts a row.
   *
   * @param loss minus the logarithm of the probability of its class
   */
  void add(int label, int prediction, double loss) {
    actual[label]++;
    predicted[prediction]++;
    if (label == prediction) {
      hits[label]++;
    }
    this.loss += loss;
  }

  /** Adds another's rows. */
  void add(Tally other) {
    for (int k = 0; k < actual.length; k++) {
      actual[k] += other.actual[k];
      predicted[k] += other.predicted[k];
      hits[k] += other.hits[k];
    }
    loss += other.loss;
  }

  long rows() {
    return sum(actual);
  }

  /** Share of rows whose class was predicted; NaN without rows. */
  double accuracy() {
    return (double) sum(hits) / rows();
  }

  /** Mean F1 of the classes that some row has or is taken for; NaN without rows. */
  double macroF1() {
    double sum = 0;
    int present = 0;
    for (int k = 0; k < actual.length; k++) {
      if (actual[k] + predicted[k] > 0) {
        sum += 2.0 * hits[k] / (actual[k] + predicted[k]);
        present++;
      }
    }
    return sum / present;
  }

  /** Mean of minus the logarithm of the probability of the row's class; NaN without rows. */
  double logLoss() {
    return loss / rows();
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  void writeTo(ObjectNode json) {
    Longs.put(json, "actual", actual);
    Longs.put(json, "predicted", predicted);
    Longs.put(json, "hits", hits);
    json.put("loss", loss);
  }

  static Tally read(JsonNode json, int classes) {
    Tally tally = new Tally(classes);
    Longs.read(json.path("actual"), tally.actual);
    Longs.read(json.path("predicted"), tally.predicted);
    Longs.read(json.path("hits"), tally.hits);
    tally.loss = json.path("loss").asDouble();
    return tally;
  }

  /** Counts per class as JSON. */
  static final class Longs {

    private Longs() {}

    static void put(ObjectNode json, String name, long[] values) {
      ArrayNode array = json.putArray(name);
      for (long value : values) {
        array.add(value);
      }
    }

    static void read(JsonNode array, long[] out) {
      for (int i = 0; i < out.length; i++) {
        out[i] = array.path(i).asLong();
      }
    }
  }
}
