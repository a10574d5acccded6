package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.metrics.Metric;
import dev.lakewright.search.Importance;
import dev.lakewright.search.Sampler;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.apache.spark.sql.SparkSession;

/** Which points are tried next: those the sampler gives, while the budget lasts. */
final class Search {

  private final SparkSession session;
  private final TuneConfig tune;
  private final Metric metric;
  private final Points points;
  private final Sampler sampler;

  Search(SparkSession session, TuneConfig tune, Points points) {
    this.session = session;
    this.tune = tune;
    this.metric = Metric.byName(tune.metric());
    this.points = points;
    this.sampler = points.sampler();
  }

  /** Runs trials of a batch of points to their end. */
  interface Batch {
    /**
     * @param begun points of earlier batches
     * @return a result for each point, in their order
     */
    List<TrialResult> run(List<Map<String, Object>> points, int begun);
  }

  /** Asks for points, has them tried and tells the sampler, until there are no more. */
  void run(Batch batch) {
    Budget budget = new Budget(tune);
    List<Map<String, Object>> first = warmStart();
    int begun = 0;
    while (true) {
      int most = Math.min(batchSize(), budget.left(begun));
      List<Map<String, Object>> next =
          most <= 0 ? List.of() : first.isEmpty() ? sampler.ask(most) : first;
      first = List.of();
      if (next.isEmpty()) {
        return;
      }
      List<TrialResult> results = batch.run(next, begun);
      begun += next.size();
      for (TrialResult result : results) {
        sampler.tell(result.trial().parameters(), loss(result.highestMean(metric)));
        budget.observe(result.mean(metric));
      }
    }
  }

  /** Between batches adaptive samplers hear of results, and budgets are looked at. */
  private int batchSize() {
    if (tune.batch() > 0) {
      return tune.batch();
    }
    boolean mayEndEarly = tune.minutes() > 0 || tune.patience() > 0;
    return tune.sampler().adaptive() || mayEndEarly ? 8 : 64;
  }

  /** Tells the sampler of another sweep; its best point is tried first. */
  private List<Map<String, Object>> warmStart() {
    if (tune.warmStart().isEmpty()) {
      return List.of();
    }
    List<TrialTable.Earlier> trials = TrialTable.earlier(session, tune.warmStart().get(), metric);
    trials.forEach(trial -> sampler.tell(trial.parameters(), metric.loss(trial.mean())));
    return trials.stream()
        .filter(trial -> tune.space().keySet().containsAll(trial.parameters().keySet()))
        .filter(trial -> !Double.isNaN(trial.mean()))
        .min(Comparator.comparingDouble(trial -> metric.loss(trial.mean())))
        .map(trial -> List.of(trial.parameters()))
        .orElse(List.of());
  }

  private double loss(OptionalDouble mean) {
    return metric.loss(mean.orElse(Double.NaN));
  }

  /** What the space's parameters told on the metric, of trials that succeeded. */
  Importance importance(List<TrialResult> results) {
    List<Importance.Scored> scored =
        results.stream()
            .filter(TrialResult::succeeded)
            .map(
                result ->
                    new Importance.Scored(
                        result.trial().parameters(), result.mean(metric).orElse(Double.NaN)))
            .toList();
    return Importance.of(points.space(), scored, tune.seed());
  }
}
