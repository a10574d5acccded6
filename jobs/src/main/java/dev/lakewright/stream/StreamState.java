package dev.lakewright.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.linear.FtrlProximal;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.model.LearnerState;
import dev.lakewright.sampling.ClassTotals;

/**
 * All that a stream has learnt up to a micro-batch, and how far that is: what is published in one
 * step.
 */
public final class StreamState {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Number of the state before the first micro-batch, which has the number 0. */
  static final long START = -1;

  private final StreamIdentity identity;
  private final ClassTotals start;
  private final FtrlProximal learner;
  private final long batch;
  private final JsonNode offset;
  private final long version;
  private final StreamCounts counts;
  private final ObjectNode row;

  private StreamState(
      StreamIdentity identity,
      ClassTotals start,
      FtrlProximal learner,
      long batch,
      JsonNode offset,
      long version,
      StreamCounts counts,
      ObjectNode row) {
    this.identity = identity;
    this.start = start;
    this.learner = learner;
    this.batch = batch;
    this.offset = offset;
    this.version = version;
    this.counts = counts;
    this.row = row;
  }

  /**
   * That before the first micro-batch.
   *
   * @param start what the champion's training rows held
   * @param version of the table that the champion learnt from
   */
  static StreamState first(
      StreamIdentity identity,
      ClassTotals start,
      FtrlProximal learner,
      long version,
      StreamCounts counts) {
    return new StreamState(
        identity,
        start,
        learner,
        START,
        JSON.createObjectNode(),
        version,
        counts,
        JSON.createObjectNode());
  }

  /**
   * That after another micro-batch, which learner and counts know already.
   *
   * @param end where the micro-batch ends in the table's commits
   * @param row of the table of metrics
   */
  StreamState next(SourceOffset end, ObjectNode row) {
    return new StreamState(
        identity, start, learner, batch + 1, end.json(), end.wholeVersion(), counts, row);
  }

  byte[] write() {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("format", 1);
    identity.writeTo(facts);
    Tally.Longs.put(facts, "start_rows", start.rows());
    facts.set("start_weights", JSON.valueToTree(start.weights()));
    facts.put("batch", batch);
    facts.set("offset", offset);
    facts.put("version", version);
    counts.writeTo(facts.putObject("counts"));
    facts.set("metrics", row);
    return new LearnerState(facts, learner.sums(), learner.squares()).write();
  }

  /**
   * Reads what {@link #write} made.
   *
   * @param problems the learner's problem by what the champion's training rows held
   * @throws dev.lakewright.errors.StorageException when it is damaged or of another stream
   */
  static StreamState read(
      String file, byte[] bytes, StreamIdentity identity, Problems problems, double fading) {
    LearnerState stored = LearnerState.read(file, bytes);
    ObjectNode facts = stored.facts();
    identity.require(file, facts);
    int classes = facts.path("start_rows").size();
    ClassTotals start = ClassTotals.none(classes);
    Tally.Longs.read(facts.path("start_rows"), start.rows());
    for (int k = 0; k < classes; k++) {
      start.weights()[k] = facts.path("start_weights").path(k).asDouble();
    }
    LinearProblem problem = problems.of(start);
    return new StreamState(
        identity,
        start,
        new FtrlProximal(
            problem,
            classes,
            stored.sums(),
            stored.squares(),
            totalWeight(problem, start),
            identity.rate()),
        facts.path("batch").asLong(),
        facts.path("offset"),
        facts.path("version").asLong(),
        StreamCounts.read(facts.path("counts"), classes, fading),
        (ObjectNode) facts.path("metrics"));
  }

  /** The learner's problem by what the champion's training rows held. */
  public interface Problems {
    LinearProblem of(ClassTotals start);
  }

  /** What penalties are multiplied with: they are of the sum of the champion's rows' losses. */
  static double totalWeight(LinearProblem problem, ClassTotals start) {
    double total = 0;
    for (int label = 0; label < start.weights().length; label++) {
      total += start.weights()[label] * problem.classWeights()[label];
    }
    return total;
  }

  /** The last micro-batch learnt; -1: none. */
  public long batch() {
    return batch;
  }

  /** Last version of the table of which all is learnt. */
  public long version() {
    return version;
  }

  /** What was seen so far. */
  public StreamCounts counts() {
    return counts;
  }

  /** Its row in the table of metrics. */
  public ObjectNode row() {
    return row;
  }

  StreamIdentity identity() {
    return identity;
  }

  /** Learns; the state is another one afterwards, and to be told by {@link #next}. */
  FtrlProximal learner() {
    return learner;
  }

  /** Where its last micro-batch ended. */
  JsonNode offset() {
    return offset;
  }
}
