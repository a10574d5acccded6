package dev.lakewright.tuning;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Metric;
import dev.lakewright.search.SearchSpace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * A cross-validated sweep: trials from the search space, every trial on every fold, the best by the
 * mean of the chosen metric, refitted on all training rows.
 */
public final class Sweep {

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final LabelledRows rows;
  private final TuneConfig tune;
  private final Metric metric;

  public Sweep(SparkSession session, LabelledRows rows, TuneConfig tune) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.rows = rows;
    this.tune = tune;
    this.metric = Metric.byName(tune.metric());
  }

  /** Hears how far a sweep is. */
  public interface Listener {
    /**
     * @param done outcomes so far, of {@code total}
     * @param best mean metric of the best complete trial so far; NaN while there is none
     */
    void progressed(int done, int total, double best);
  }

  /**
   * The points of the search space as trials.
   *
   * @param bind gives the configuration with a point's values in place
   */
  public static List<Trial> trials(
      TuneConfig tune, Function<Map<String, Object>, LakewrightConfig> bind) {
    SearchSpace space = new SearchSpace(tune.space());
    List<Map<String, Object>> points =
        switch (tune.sampler()) {
          case GRID -> space.grid();
          case RANDOM -> space.random(tune.trials(), tune.seed());
        };
    List<Trial> trials = new ArrayList<>();
    for (Map<String, Object> point : points) {
      LakewrightConfig config = bind.apply(point);
      trials.add(
          new Trial(trials.size(), point, config.features(), config.sampling(), config.learner()));
    }
    return trials;
  }

  /**
   * Runs the trials and writes them to the trial table.
   *
   * @param refit whether to train the best trial on all training rows
   * @throws DataException when every trial failed
   */
  public SweepResult run(List<Trial> trials, TrialTable table, boolean refit, Listener listener) {
    Map<FeaturesConfig, List<Trial>> groups = new LinkedHashMap<>();
    trials.forEach(t -> groups.computeIfAbsent(t.features(), f -> new ArrayList<>()).add(t));
    Standing standing = new Standing(trials, tune.folds(), metric, listener);
    Map<FeaturesConfig, CountedSweep> counted = new LinkedHashMap<>();
    List<CachedResults> caches = new ArrayList<>();
    try {
      for (Map.Entry<FeaturesConfig, List<Trial>> group : groups.entrySet()) {
        CountedSweep rowsOfGroup = CountedSweep.count(spark, rows, group.getKey(), tune.folds());
        counted.put(group.getKey(), rowsOfGroup);
        standing.startGroup();
        caches.add(
            new CrossValidation(spark, rowsOfGroup, rows.classes(), tune.folds())
                .run(group.getValue(), standing::update));
      }
      List<TrialResult> results = standing.results();
      TrialResult best = best(results);
      table.write(session, results, caches, rows.classes());
      OutOfFold outOfFold = OutOfFold.collect(caches, best.trial().number(), rows.classes().size());
      List<Refit> refits =
          refit
              ? List.of(
                  Refit.run(
                      spark, counted.get(best.trial().features()), rows.classes(), best.trial()))
              : List.of();
      return new SweepResult(results, best, metric, outOfFold, refits);
    } finally {
      caches.forEach(CachedResults::close);
      counted.values().forEach(CountedSweep::close);
    }
  }

  private TrialResult best(List<TrialResult> results) {
    Comparator<TrialResult> byMetric =
        Comparator.comparingDouble(r -> r.mean(metric).orElseThrow());
    return results.stream()
        .filter(result -> result.mean(metric).isPresent())
        .max(metric.higherIsBetter() ? first(byMetric) : first(byMetric.reversed()))
        .orElseThrow(
            () ->
                new DataException(
                    "every trial failed; the first: "
                        + results.stream()
                            .map(TrialResult::failure)
                            .filter(f -> !f.isEmpty())
                            .findFirst()
                            .orElse(
                                metric.key()
                                    + " is undefined on these folds; choose another tune.metric")));
  }

  /** Among equals the trial with the lower number wins. */
  private static Comparator<TrialResult> first(Comparator<TrialResult> order) {
    return order.thenComparing(
        Comparator.comparingInt((TrialResult r) -> r.trial().number()).reversed());
  }
}
