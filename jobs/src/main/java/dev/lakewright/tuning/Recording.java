package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.InterruptedByUserException;
import dev.lakewright.metrics.Metric;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.spark.sql.SparkSession;

/** Recalls what the table of trials holds already, and writes to it what comes in. */
final class Recording {

  private static final long RECORD_EVERY_NANOS = 20_000_000_000L;

  private final SparkSession session;
  private final TuneConfig tune;
  private final TrialTable table;
  private final Standing standing;
  private final Background writes;
  private final Map<TrialTable.Key, FoldOutcome> earlier;
  private long lastRecord = System.nanoTime();
  private int reused;

  /** Reads what earlier runs of the sweep finished. */
  Recording(
      SparkSession session,
      TuneConfig tune,
      TrialTable table,
      Standing standing,
      Background writes) {
    this.session = session;
    this.tune = tune;
    this.table = table;
    this.standing = standing;
    this.writes = writes;
    this.earlier = table.finished(session);
  }

  /** Takes what is known of a trial with some effort, in place of running it. */
  void recall(Trial trial, double fidelity) {
    String key = trial.key();
    int known = 0;
    for (int fold = 0; fold < tune.folds(); fold++) {
      FoldOutcome outcome = earlier.get(new TrialTable.Key(key, fold, fidelity));
      if (outcome != null) {
        standing.recall(outcome.ofTrial(trial.number()));
        known++;
      }
    }
    if (known == tune.folds()) {
      reused++;
      standing.tell();
    }
  }

  /** Trials, or rungs of them, that were recalled whole. */
  int reused() {
    return reused;
  }

  /** Takes outcomes while trials run, and writes them now and then. */
  void progressed(List<FoldOutcome> outcomes) {
    standing.update(outcomes);
    if (System.nanoTime() - lastRecord > RECORD_EVERY_NANOS) {
      record();
    }
  }

  /** Begins to write all that is not written. */
  void record() {
    Set<FoldOutcome> fresh = standing.takeUnrecorded();
    if (!fresh.isEmpty()) {
      List<TrialResult> results = standing.results();
      writes.run(() -> table.append(session, results, fresh, tune.seed()));
    }
    lastRecord = System.nanoTime();
  }

  /** Marks trials that the pruner stopped, once all is written. */
  void markPruned() {
    if (tune.pruner() != TuneConfig.Pruner.NONE) {
      writes.await();
      table.markPruned(session, standing.results());
    }
  }

  /** That the user ended the sweep, and what of it remains. */
  InterruptedByUserException interruption() {
    long done = standing.results().stream().filter(TrialResult::succeeded).count();
    OptionalDouble best = standing.best();
    return new InterruptedByUserException(
        "interrupted: %d complete trials are recorded in %s%s; the same command continues"
            .formatted(
                done,
                table.trialsPath(),
                best.isPresent()
                    ? String.format(
                        Locale.ROOT,
                        ", best %s %.4f",
                        Metric.byName(tune.metric()).key(),
                        best.getAsDouble())
                    : ""));
  }
}
