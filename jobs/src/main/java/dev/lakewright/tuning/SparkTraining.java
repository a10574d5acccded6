package dev.lakewright.tuning;

import dev.lakewright.sampling.ClassTotals;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.ml.Model;
import org.apache.spark.storage.StorageLevel;

/** Trains the estimator of a trial on the rows of a fold, alone or in an ensemble, and measures. */
final class SparkTraining {

  private final JavaSparkContext spark;
  private final FoldFrames frames;
  private final List<String> classes;
  private final FoldTask.Effort effort;
  private final long seed;

  SparkTraining(
      JavaSparkContext spark,
      FoldFrames frames,
      List<String> classes,
      FoldTask.Effort effort,
      long seed) {
    this.spark = spark;
    this.frames = frames;
    this.classes = classes;
    this.effort = effort;
    this.seed = seed;
  }

  /**
   * The result, cached.
   *
   * @param before seconds that were spent on the trial already
   */
  JavaRDD<FoldTask.Result> run(Trial trial, int fold, double before) {
    FoldFrames.Training training = frames.training(FoldTask.Candidate.of(trial));
    SparkFitting fitting = new SparkFitting(trial, effort, classes, seed);
    SparkScoring scoring =
        new SparkScoring(frames.validation(), trial.number(), fold, classes.size());
    long started = System.nanoTime();
    if (!trial.ensemble().present()) {
      Model<?> model = fitting.fit(training.rows(), training.totals().rows(), training.weighed());
      return measured(trial, scoring.scores(model), before + since(started), training.totals());
    }
    NumberedRows rows = NumberedRows.of(training.rows());
    SparkEnsembleTraining ensemble =
        new SparkEnsembleTraining(spark, trial.ensemble(), fitting, rows, classes.size());
    SparkEnsemble model = ensemble.train();
    return measured(
        trial,
        scoring.scores(spark, model),
        before + since(started),
        ClassTotals.counted(ensemble.classCounts()));
  }

  private static double since(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  private JavaRDD<FoldTask.Result> measured(
      Trial trial, JavaRDD<FoldScores> scores, double seconds, ClassTotals trained) {
    double[] shifts =
        PriorShifts.of(trial.learner(), trial.sampling(), classes, trained, frames.inTable());
    FoldTask.Effort spent = effort;
    List<String> labels = classes;
    JavaRDD<FoldTask.Result> result =
        scores
            .map(each -> FoldTask.measured(each, spent, seconds, 0, labels, shifts))
            .persist(
                spark.isLocal()
                    ? StorageLevel.MEMORY_AND_DISK()
                    : StorageLevel.MEMORY_AND_DISK_2());
    // what it came from holds the models, which would stay on the driver as long as the result
    result.rdd().localCheckpoint();
    try {
      result.count();
      return result;
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      result.unpersist();
      throw e;
    }
  }
}
