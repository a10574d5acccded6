package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.sampling.ClassCounts;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** What trains trials: over rows counted as they count them, by the plan for these rows. */
record TrialRunners(
    SparkSession session, LabelledRows rows, TuneConfig tune, CountedGroups groups) {

  TrialRunner of(Trial trial) {
    return of(List.of(trial));
  }

  /** What trains trials that are counted and planned alike, all by estimators of Spark or none. */
  TrialRunner of(List<Trial> alike) {
    CountedSweep counted = counted(alike.get(0));
    return alike.get(0).ofSpark()
        ? new SparkLearners(session, counted, rows.classes(), tune.seed())
        : counted.runner(JavaSparkContext.fromSparkContext(session.sparkContext()), rows.classes());
  }

  /**
   * How a trial is trained.
   *
   * @throws dev.lakewright.errors.LakewrightException when the plan that is asked for does not fit
   */
  Plan plan(Trial trial) {
    return counted(trial).plan();
  }

  /** Whether a trial needs room for what it makes of rows. */
  boolean grows(Trial trial) {
    return growth(trial) > 0;
  }

  private CountedSweep counted(Trial trial) {
    return groups.of(Counting.of(trial), growth(trial));
  }

  private double growth(Trial trial) {
    long[] counts = rows.classes().stream().mapToLong(rows.trainingCounts()::get).toArray();
    return RowTreatment.growth(trial.sampling(), new ClassCounts(rows.classes(), counts));
  }
}
