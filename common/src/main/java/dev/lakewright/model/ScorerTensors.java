package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A scorer's stored form: its kind in {@code model.json}, its numbers as tensors.
 *
 * <p>Names: {@code linear.weights} ({@code features × outputs}) and {@code linear.intercepts}; of
 * an ensemble {@code ensemble.votes} and per member {@code ensemble.M.features}, ascending, {@code
 * ensemble.M.weights} of these alone, and {@code ensemble.M.intercepts}: a member trained on few
 * rows knows few of the features.
 */
final class ScorerTensors {

  private static final String LINEAR = "linear";
  private static final String ENSEMBLE = "ensemble";

  private ScorerTensors() {}

  /** Adds what {@code model.json} tells of a scorer. */
  static void describe(Scorer scorer, ObjectNode json) {
    if (scorer instanceof EnsembleScorer ensemble) {
      json.put("scorer", ENSEMBLE);
      json.put("vote", ensemble.vote().name().toLowerCase(Locale.ROOT));
      json.put("members", ensemble.size());
    } else {
      json.put("scorer", LINEAR);
    }
  }

  static void write(Scorer scorer, SafetensorsWriter out) {
    if (scorer instanceof LinearScorer linear) {
      int outputs = LinearScorer.outputs(linear.classes());
      out.put("linear.weights", linear.weights(), linear.features(), outputs);
      out.put("linear.intercepts", linear.intercepts());
    } else if (scorer instanceof EnsembleScorer ensemble) {
      out.put("ensemble.votes", ensemble.votes());
      for (int place = 0; place < ensemble.size(); place++) {
        write(ensemble.member(place), ENSEMBLE + "." + place, out);
      }
    }
  }

  private static void write(LinearScorer member, String name, SafetensorsWriter out) {
    int outputs = LinearScorer.outputs(member.classes());
    int[] features = weighted(member.weights(), outputs);
    float[] weights = new float[features.length * outputs];
    for (int at = 0; at < features.length; at++) {
      System.arraycopy(member.weights(), features[at] * outputs, weights, at * outputs, outputs);
    }
    out.put(name + ".features", features);
    out.put(name + ".weights", weights, features.length, outputs);
    out.put(name + ".intercepts", member.intercepts());
  }

  /** The features that have a weight, if only minus zero. */
  private static int[] weighted(float[] weights, int outputs) {
    int[] features = new int[weights.length / outputs];
    int count = 0;
    for (int feature = 0; feature < features.length; feature++) {
      int bits = 0;
      for (int k = 0; k < outputs; k++) {
        bits |= Float.floatToRawIntBits(weights[feature * outputs + k]);
      }
      if (bits != 0) {
        features[count++] = feature;
      }
    }
    return Arrays.copyOf(features, count);
  }

  /**
   * The reverse of {@link #describe} and {@link #write}.
   *
   * @throws IllegalArgumentException when the parts do not fit
   */
  static Scorer read(JsonNode json, int features, int classes, SafetensorsReader in) {
    String kind = json.path("scorer").asText();
    return switch (kind) {
      case LINEAR ->
          new LinearScorer(
              features, classes, in.floats("linear.weights"), in.doubles("linear.intercepts"));
      case ENSEMBLE -> ensemble(json, features, classes, in);
      default -> throw new IllegalArgumentException("its scorer is '" + kind + "'");
    };
  }

  private static EnsembleScorer ensemble(
      JsonNode json, int features, int classes, SafetensorsReader in) {
    double[] votes = in.doubles("ensemble.votes");
    if (json.path("members").asInt(-1) != votes.length) {
      throw new IllegalArgumentException(
          "it has %s members, and votes of %d".formatted(json.path("members"), votes.length));
    }
    List<LinearScorer> members = new ArrayList<>();
    for (int place = 0; place < votes.length; place++) {
      members.add(member(ENSEMBLE + "." + place, features, classes, in));
    }
    return new EnsembleScorer(vote(json.path("vote").asText()), votes, members);
  }

  private static EnsembleScorer.Vote vote(String name) {
    for (EnsembleScorer.Vote vote : EnsembleScorer.Vote.values()) {
      if (vote.name().toLowerCase(Locale.ROOT).equals(name)) {
        return vote;
      }
    }
    throw new IllegalArgumentException("its vote is '" + name + "'");
  }

  private static LinearScorer member(String name, int features, int classes, SafetensorsReader in) {
    int outputs = LinearScorer.outputs(classes);
    int[] own = in.ints(name + ".features");
    float[] weights = in.floats(name + ".weights");
    if (weights.length != (long) own.length * outputs) {
      throw new IllegalArgumentException(
          "tensor %s.weights has %d elements for %d features"
              .formatted(name, weights.length, own.length));
    }
    float[] spread = new float[Math.multiplyExact(features, outputs)];
    int last = -1;
    for (int at = 0; at < own.length; at++) {
      if (own[at] <= last || own[at] >= features) {
        throw new IllegalArgumentException(
            "tensor %s.features has %d after %d, of %d features"
                .formatted(name, own[at], last, features));
      }
      last = own[at];
      System.arraycopy(weights, at * outputs, spread, last * outputs, outputs);
    }
    return new LinearScorer(features, classes, spread, in.doubles(name + ".intercepts"));
  }
}
