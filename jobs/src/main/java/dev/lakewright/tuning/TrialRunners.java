package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** What trains trials: over rows counted as they count them, by the plan for these rows. */
record TrialRunners(
    SparkSession session, LabelledRows rows, TuneConfig tune, CountedGroups groups) {

  TrialRunner of(Trial trial) {
    return of(Counting.of(trial), trial.ofSpark());
  }

  TrialRunner of(Counting counting, boolean ofSpark) {
    CountedSweep counted = groups.of(counting);
    return ofSpark
        ? new SparkLearners(session, counted, rows.classes(), tune.folds(), tune.seed())
        : counted.runner(JavaSparkContext.fromSparkContext(session.sparkContext()), rows.classes());
  }

  Plan plan(Counting counting) {
    return groups.of(counting).plan();
  }
}
