package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.config.Folds;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Metric;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;

/** Out-of-fold scores of the best trials: in the table, and of the very best also at hand. */
final class KeptScores {

  private final SparkSession session;
  private final LabelledRows rows;
  private final TuneConfig tune;
  private final Metric metric;
  private final OutOfFoldTable table;
  private final Standing standing;
  private final TrialRunners runners;
  private final Background writes;
  private Optional<Runnable> waiting = Optional.empty();
  private List<FoldScores> bestScores = List.of();
  private int bestScored = -1;

  KeptScores(
      SparkSession session,
      LabelledRows rows,
      TuneConfig tune,
      OutOfFoldTable table,
      Standing standing,
      TrialRunners runners,
      Background writes) {
    this.session = session;
    this.rows = rows;
    this.tune = tune;
    this.metric = Metric.byName(tune.metric());
    this.table = table;
    this.standing = standing;
    this.runners = runners;
    this.writes = writes;
  }

  /**
   * Has the scores written of trials that are among the best so far, and holds on to the very best.
   * The write waits for {@link #beginWrites}, so as not to delay what is trained next.
   *
   * @param cached results of the trials, closed once they are not needed
   */
  void keep(List<Trial> trials, CachedResults cached) {
    List<Integer> ranked =
        standing.results().stream()
            .filter(TrialResult::succeeded)
            .filter(result -> result.mean(metric).isPresent())
            .sorted(
                Comparator.comparingDouble(
                    result -> metric.loss(result.mean(metric).getAsDouble())))
            .map(result -> result.trial().number())
            .limit(tune.keepScores())
            .toList();
    Map<Integer, String> keys = new LinkedHashMap<>();
    for (Trial trial : trials) {
      if (ranked.contains(trial.number())) {
        keys.put(trial.number(), trial.key());
      }
    }
    if (keys.isEmpty()) {
      cached.close();
      return;
    }
    if (keys.containsKey(ranked.get(0))) {
      bestScored = ranked.get(0);
      bestScores = cached.scores(bestScored);
    }
    beginWrites();
    waiting =
        Optional.of(
            () -> {
              table.append(session, cached, keys, rows.classes());
              cached.close();
            });
  }

  /** Begins to write what waits for it. */
  void beginWrites() {
    waiting.ifPresent(writes::run);
    waiting = Optional.empty();
  }

  /**
   * A trial's scores: still at hand, or in the table, or made again where they were lost.
   *
   * @throws TrialRunner.InterruptedRun when the user ended the sweep meanwhile
   */
  List<FoldScores> of(TrialResult best, BooleanSupplier interrupted)
      throws TrialRunner.InterruptedRun {
    int number = best.trial().number();
    if (number == bestScored && bestScores.size() == tune.folds()) {
      return bestScores;
    }
    beginWrites();
    writes.await();
    List<FoldScores> kept = table.scores(session, best.trial(), rows.classes());
    if (kept.stream().mapToLong(fold -> fold.labels().length).sum() == validatedRows()) {
      return kept;
    }
    return again(best.trial(), interrupted);
  }

  /** Training rows that some fold validates. */
  private long validatedRows() {
    return Folds.of(tune).forward()
        ? rows.training().where(col(ColumnNames.FOLD).lt(tune.folds())).count()
        : rows.trainingRows();
  }

  private List<FoldScores> again(Trial trial, BooleanSupplier interrupted)
      throws TrialRunner.InterruptedRun {
    Set<Integer> all = new LinkedHashSet<>();
    for (int fold = 0; fold < tune.folds(); fold++) {
      all.add(fold);
    }
    try (CachedResults again =
        runners
            .of(trial)
            .run(
                List.of(trial),
                Map.of(trial.number(), all),
                FoldTask.Effort.of(tune, 1),
                outcomes -> {},
                interrupted)) {
      table.append(session, again, Map.of(trial.number(), trial.key()), rows.classes());
      return again.scores(trial.number());
    }
  }
}
