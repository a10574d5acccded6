package dev.lakewright.jobs;

import dev.lakewright.config.EvaluationConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.features.RowReader;
import dev.lakewright.lake.ComparisonRows;
import dev.lakewright.lake.PinnedTable;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.Metric;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.FeatureRecord;
import dev.lakewright.retrain.Gates;
import dev.lakewright.retrain.Verdict;
import dev.lakewright.scoring.PairedScores;
import dev.lakewright.scoring.PortableModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Champion and challenger over the same rows. To be closed. */
final class Comparisons implements AutoCloseable {

  private static final int LEAST_NEWEST = 100;
  private static final int TIMED_RECORDS = 1000;
  private static final int TIMED_ROUNDS = 5;

  private final RetrainConfig retrain;
  private final Gates gates;
  private final Metric metric;
  private final Optional<Dataset<Row>> golden;
  private final Dataset<Row> heldOut;
  private final List<String> truths = new ArrayList<>();

  /**
   * What came out.
   *
   * @param heldOut scores of both; champion first
   * @param newest the champion's main metric on those of the held-out rows that were added last;
   *     NaN where they are few
   */
  record Outcome(List<Verdict> verdicts, PairedScores heldOut, double newest) {

    boolean passed() {
      return verdicts.stream().allMatch(Verdict::passed);
    }

    /** The challenger on the held-out rows; absent where there are none. */
    Optional<Evaluation> evaluation(EvaluationConfig config) {
      return heldOut.second().rows() == 0
          ? Optional.empty()
          : Optional.of(
              Evaluation.of(
                  heldOut.second(), config.bootstrap(), config.confidence(), config.seed()));
    }
  }

  /**
   * Chooses the rows.
   *
   * @param config the champion's settings
   * @param retrain of this run
   * @param added rows that were added last
   * @param earlier rows of the table that the champion's trainings read
   * @param settled whether a row's side of the test split follows from the row alone
   * @param expected rows that are held out
   * @param golden rows of the golden table
   */
  Comparisons(
      ComparisonRows reader,
      LakewrightConfig config,
      RetrainConfig retrain,
      PinnedTable now,
      Optional<Dataset<Row>> added,
      List<Dataset<Row>> earlier,
      boolean settled,
      long expected,
      Optional<Dataset<Row>> golden) {
    this.retrain = retrain;
    this.metric = Metric.byName(config.tune().metric());
    this.gates = new Gates(retrain.gate(), metric, retrain.seed());
    this.golden = golden;
    double share = expected <= retrain.maxRows() ? 1 : retrain.maxRows() / (double) expected;
    this.heldOut =
        reader
            .heldOut(now, added, earlier, settled, share, retrain.seed())
            .persist(StorageLevel.MEMORY_AND_DISK());
    truths.add(ComparisonRows.NEWEST);
    for (int place = 0; place < retrain.slices().size(); place++) {
      truths.add(ComparisonRows.slice(place));
    }
  }

  /**
   * Scores and judges.
   *
   * @param bytes size of the challenger's files
   * @throws DataException when there is no row to compare on
   */
  Outcome compare(PortableModel champion, PortableModel challenger, long bytes) {
    PairedScores scores = PairedScores.of(heldOut, champion, challenger, truths);
    List<Verdict> verdicts = new ArrayList<>();
    double newest = Double.NaN;
    if (scores.first().rows() > 0) {
      verdicts.addAll(gates.judge("held_out", scores));
      PairedScores last = scores.where(0);
      if (last.first().rows() >= LEAST_NEWEST) {
        newest = metric.of(last.first());
        verdicts.add(gates.slice("newest", last));
      }
      int mark = 1;
      for (String slice : retrain.slices().keySet()) {
        verdicts.add(gates.slice(slice, scores.where(mark++)));
      }
    }
    golden.ifPresent(
        rows ->
            verdicts.addAll(
                gates.judge("golden", PairedScores.of(rows, champion, challenger, List.of()))));
    if (verdicts.isEmpty()) {
      throw new DataException(
          "there are no rows to compare champion and challenger on; set data.split.test and train again, or name a table as retrain.golden");
    }
    Dataset<Row> timed = scores.first().rows() > 0 ? heldOut : golden.orElse(heldOut);
    verdicts.addAll(gates.resources(bytes, () -> microseconds(timed, challenger.classifier())));
    return new Outcome(verdicts, scores, newest);
  }

  /**
   * Median over rounds of the mean time to score a record, on one thread, once code is warm; NaN
   * without records.
   */
  private static double microseconds(Dataset<Row> rows, Classifier classifier) {
    RowReader records = new RowReader(classifier.schema(), rows.schema());
    List<FeatureRecord> some =
        rows.limit(TIMED_RECORDS).collectAsList().stream().map(records::read).toList();
    Classifier.Session session = classifier.newSession();
    double[] probabilities = new double[classifier.labels().size()];
    if (some.isEmpty()) {
      return Double.NaN;
    }
    double[] rounds = new double[2 * TIMED_ROUNDS];
    for (int round = 0; round < rounds.length; round++) {
      long started = System.nanoTime();
      some.forEach(record -> session.predict(record, probabilities));
      rounds[round] = (System.nanoTime() - started) / 1e3 / some.size();
    }
    double[] warm = Arrays.copyOfRange(rounds, TIMED_ROUNDS, rounds.length);
    Arrays.sort(warm);
    return warm[TIMED_ROUNDS / 2];
  }

  @Override
  public void close() {
    heldOut.unpersist();
  }
}
