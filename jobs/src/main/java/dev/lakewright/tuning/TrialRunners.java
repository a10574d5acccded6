package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Targets;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** What trains trials: over rows counted as they count them, by the plan for these rows. */
record TrialRunners(
    SparkSession session, LabelledRows rows, TuneConfig tune, CountedGroups groups) {

  TrialRunner of(Trial trial) {
    return of(List.of(trial));
  }

  /** What trains trials that are counted alike, all by estimators of Spark or none. */
  TrialRunner of(List<Trial> alike) {
    CountedSweep counted = counted(alike);
    return alike.get(0).ofSpark()
        ? new SparkLearners(session, counted, rows.classes(), tune.folds(), tune.seed())
        : counted.runner(JavaSparkContext.fromSparkContext(session.sparkContext()), rows.classes());
  }

  /** How they are trained. */
  Plan plan(List<Trial> alike) {
    return counted(alike).plan();
  }

  private CountedSweep counted(List<Trial> alike) {
    double growth = alike.stream().mapToDouble(this::growth).max().orElse(0);
    return groups.of(Counting.of(alike.get(0)), growth);
  }

  private double growth(Trial trial) {
    long[] counts = rows.classes().stream().mapToLong(rows.trainingCounts()::get).toArray();
    return Targets.growth(trial.sampling(), new ClassCounts(rows.classes(), counts));
  }
}
