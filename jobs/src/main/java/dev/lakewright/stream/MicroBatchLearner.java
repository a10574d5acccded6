package dev.lakewright.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.lake.StreamedRows;
import dev.lakewright.model.Classifier;

/** Tests the rows of a micro-batch one after the other, each before it is learnt. */
final class MicroBatchLearner {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final double LEAST_PROBABILITY = 1e-15;

  private final Classifier champion;
  private final Weighing weighing;
  private final double[] margins;
  private final double[] probabilities;

  MicroBatchLearner(Classifier champion, Weighing weighing) {
    this.champion = champion;
    this.weighing = weighing;
    this.margins = new double[champion.labels().size()];
    this.probabilities = new double[margins.length];
  }

  /** What became of a micro-batch. */
  record Learnt(StreamState state, long unknown, String unknownExample) {}

  /**
   * Learns.
   *
   * @param before is used up
   */
  Learnt learn(StreamState before, StreamedRows.Checked rows, SourceOffset end) {
    long started = System.nanoTime();
    StreamCounts counts = before.counts();
    long learntBefore = counts.learntRows();
    Tally tally = new Tally(margins.length);
    long[] unknown = new long[1];
    String[] example = {""};
    if (rows.rows() > rows.unlabelled()) {
      weighing.forEach(
          rows.labelled(),
          rows.rows() - rows.unlabelled(),
          parts -> {
            Merge.forEach(parts, (part, row) -> take(before, part, row, tally));
            for (WeighedPart part : parts) {
              unknown[0] += part.unknown();
              example[0] = part.example().isEmpty() ? example[0] : part.example();
            }
          });
    }
    counts.tally.add(tally);
    counts.unknown += unknown[0];
    counts.unlabelled += rows.unlabelled();
    ObjectNode row = JSON.createObjectNode();
    row.put("model", before.identity().model());
    row.put("champion", before.identity().champion());
    row.put("batch", before.batch() + 1);
    row.put("version", end.wholeVersion());
    row.put("rows", rows.rows());
    row.put("learnt", counts.learntRows() - learntBefore);
    row.put("held_out", tally.rows() - (counts.learntRows() - learntBefore));
    row.put("unknown", unknown[0]);
    row.put("unlabelled", rows.unlabelled());
    put(row, "accuracy", tally.accuracy());
    put(row, "macro_f1", tally.macroF1());
    put(row, "log_loss", tally.logLoss());
    row.put("cumulative_rows", counts.rows());
    put(row, "cumulative_accuracy", counts.accuracy());
    put(row, "cumulative_macro_f1", counts.macroF1());
    put(row, "cumulative_log_loss", counts.logLoss());
    put(row, "fading_accuracy", counts.hits.value());
    put(row, "fading_log_loss", counts.losses.value());
    row.put("seconds", (System.nanoTime() - started) / 1_000_000 / 1000.0);
    return new Learnt(before.next(end, row), unknown[0], example[0]);
  }

  private static void put(ObjectNode row, String name, double value) {
    if (!Double.isNaN(value)) {
      row.put(name, value);
    }
  }

  private void take(StreamState state, WeighedPart part, int row, Tally tally) {
    double[] outputs = state.learner().outputs(part.matrix(), row);
    if (outputs.length == 1) {
      margins[0] = 0;
      margins[1] = outputs[0];
    } else {
      System.arraycopy(outputs, 0, margins, 0, outputs.length);
    }
    champion.calibration().apply(margins, probabilities);
    int label = part.matrix().label(row);
    int predicted = champion.thresholds().decide(probabilities);
    double loss = -StrictMath.log(Math.max(LEAST_PROBABILITY, probabilities[label]));
    tally.add(label, predicted, loss);
    state.counts().hits.add(predicted == label ? 1 : 0);
    state.counts().losses.add(loss);
    if (part.isHeldOut(row)) {
      state.counts().held[label]++;
    } else {
      state.counts().learnt[label]++;
      state.learner().learn(part.matrix(), row);
    }
  }
}
