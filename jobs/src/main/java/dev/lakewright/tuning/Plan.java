package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.linear.Loss;
import java.util.Locale;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * How the trials of a group are trained.
 *
 * @param kind never {@code AUTO}
 * @param rowBytes of the counted rows
 * @param modelBytes of one model and its minimizer
 */
public record Plan(TuneConfig.Plan kind, long rowBytes, long modelBytes) {

  /**
   * What there is to plan with, in bytes.
   *
   * @param rows that driver and every executor may hold
   * @param task that the models of one task may take
   */
  public record Room(long rows, long task) {

    /**
     * That of an application.
     *
     * @param growth rows that resampling and mix-up leave for each that there was; 0 without them
     */
    static Room of(JavaSparkContext spark, double growth) {
      return new Room(TaskMemory.forRows(spark, growth), TaskMemory.bytes(spark));
    }
  }

  /**
   * What is chosen for the same rows in other room.
   *
   * @throws DataException when the plan that is asked for does not fit
   */
  Plan in(TuneConfig.Plan wish, Room room) {
    return choose(wish, rowBytes, modelBytes, room);
  }

  /**
   * Chooses a plan: whole models in tasks while rows and a model fit, since that needs no round
   * trip over the cluster per pass.
   *
   * @throws DataException when the plan that is asked for does not fit
   */
  public static Plan choose(
      TuneConfig.Plan wish, long rowBytes, long features, int classes, Room room) {
    return choose(wish, rowBytes, modelBytes(features, classes), room);
  }

  private static Plan choose(TuneConfig.Plan wish, long rowBytes, long modelBytes, Room room) {
    boolean rowsFit = rowBytes <= room.rows();
    boolean modelFits = modelBytes <= room.task();
    if (wish == TuneConfig.Plan.TASK_PARALLEL && !rowsFit) {
      throw new DataException(
          "the counted training rows take %d MB, but driver and executors have room for %d MB beside what training makes of them; set tune.plan: auto, or give driver and executors more memory (LAKEWRIGHT_MEMORY, spark.executor.memory)"
              .formatted(rowBytes >> 20, room.rows() >> 20));
    }
    boolean inTasks =
        wish == TuneConfig.Plan.TASK_PARALLEL
            || (wish == TuneConfig.Plan.AUTO && rowsFit && modelFits);
    return new Plan(
        inTasks ? TuneConfig.Plan.TASK_PARALLEL : TuneConfig.Plan.DATA_PARALLEL,
        rowBytes,
        modelBytes);
  }

  /** Memory of one model and its minimizer. */
  static long modelBytes(long features, int classes) {
    return (features + 1) * Loss.outputs(classes) * LinearSolver.BYTES_PER_WEIGHT;
  }

  /** Memory of an ensemble: a model in training, and its members twice, apart and side by side. */
  static long ensembleBytes(long features, int classes, int members) {
    long trained = members > 1 ? 2L * Float.BYTES * members : 0;
    return modelBytes(features, classes) + (features + 1) * Loss.outputs(classes) * trained;
  }

  /** One line for people. */
  public String describe(int models, int maxPasses) {
    return String.format(
        Locale.ROOT,
        "plan: %s; %.1f MB of counted rows, %d models of %.1f MB, at most %d passes each",
        kind.name().toLowerCase(Locale.ROOT).replace('_', '-'),
        rowBytes / 1048576.0,
        models,
        modelBytes / 1048576.0,
        maxPasses);
  }
}
