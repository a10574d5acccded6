package dev.lakewright.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Rows that a stream has seen, and how they were predicted before they were learnt. */
public final class StreamCounts {

  final long[] learnt;
  final long[] held;
  final Tally tally;
  final FadingMean hits;
  final FadingMean losses;
  long unknown;
  long unlabelled;

  private StreamCounts(
      long[] learnt, long[] held, Tally tally, FadingMean hits, FadingMean losses) {
    this.learnt = learnt;
    this.held = held;
    this.tally = tally;
    this.hits = hits;
    this.losses = losses;
  }

  static StreamCounts none(int classes, double fading) {
    return new StreamCounts(
        new long[classes],
        new long[classes],
        new Tally(classes),
        new FadingMean(fading, 0, 0),
        new FadingMean(fading, 0, 0));
  }

  /** Rows learnt, per class. */
  public long[] learnt() {
    return learnt.clone();
  }

  /** Rows held out, per class. */
  public long[] held() {
    return held.clone();
  }

  /** Rows of classes that the model does not know. */
  public long unknown() {
    return unknown;
  }

  /** Rows without a label. */
  public long unlabelled() {
    return unlabelled;
  }

  /** Number of rows learnt. */
  public long learntRows() {
    return sum(learnt);
  }

  /** Number of all rows. */
  public long rows() {
    return learntRows() + sum(held) + unknown + unlabelled;
  }

  /** Share of rows whose class was predicted before they were learnt; NaN without rows. */
  public double accuracy() {
    return tally.accuracy();
  }

  /** Macro-F1 of those predictions; NaN without rows. */
  public double macroF1() {
    return tally.macroF1();
  }

  /** Log loss of those predictions; NaN without rows. */
  public double logLoss() {
    return tally.logLoss();
  }

  private static long sum(long[] counts) {
    long sum = 0;
    for (long count : counts) {
      sum += count;
    }
    return sum;
  }

  void writeTo(ObjectNode json) {
    Tally.Longs.put(json, "learnt", learnt);
    Tally.Longs.put(json, "held_out", held);
    json.put("unknown", unknown);
    json.put("unlabelled", unlabelled);
    tally.writeTo(json.putObject("tally"));
    write(json.putObject("fading_accuracy"), hits);
    write(json.putObject("fading_log_loss"), losses);
  }

  private static void write(ObjectNode json, FadingMean mean) {
    json.put("weight", mean.weight());
    json.put("sum", mean.sum());
  }

  static StreamCounts read(JsonNode json, int classes, double fading) {
    StreamCounts counts =
        new StreamCounts(
            new long[classes],
            new long[classes],
            Tally.read(json.path("tally"), classes),
            mean(json.path("fading_accuracy"), fading),
            mean(json.path("fading_log_loss"), fading));
    Tally.Longs.read(json.path("learnt"), counts.learnt);
    Tally.Longs.read(json.path("held_out"), counts.held);
    counts.unknown = json.path("unknown").asLong();
    counts.unlabelled = json.path("unlabelled").asLong();
    return counts;
  }

  private static FadingMean mean(JsonNode json, double fading) {
    return new FadingMean(fading, json.path("weight").asDouble(), json.path("sum").asDouble());
  }
}
