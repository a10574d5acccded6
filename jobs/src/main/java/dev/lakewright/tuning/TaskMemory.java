package dev.lakewright.tuning;

import org.apache.spark.api.java.JavaSparkContext;

/** How much memory one task may take for its models. */
public final class TaskMemory {

  private static final double SHARE = 0.4;

  /** What the rows may take of a process: a third is for Spark itself, models and scores. */
  private static final double ROWS_SHARE = 0.65;

  /** Of counted rows: as they are, and in compressed pieces. */
  private static final double BROADCAST = 1.6;

  /** Of counted rows: all of them weighed, and the training rows' columns renumbered. */
  private static final double WEIGHED = 1.4;

  private TaskMemory() {}

  /** Bytes, such that as many tasks as run side by side fit an executor. */
  public static long bytes(JavaSparkContext spark) {
    boolean local = spark.isLocal();
    long executor =
        local
            ? Runtime.getRuntime().maxMemory()
            : spark.getConf().getSizeAsBytes("spark.executor.memory", "1g");
    return (long) (executor * SHARE / tasks(spark));
  }

  /** Models of these dimensions that one task trains at once, at least one. */
  public static int models(JavaSparkContext spark, long features, int classes) {
    return ensembles(spark, features, classes, 1);
  }

  /** The same of ensembles with so many members. */
  static int ensembles(JavaSparkContext spark, long features, int classes, int members) {
    long fit = bytes(spark) / Plan.ensembleBytes(features, classes, members);
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, fit));
  }

  /** Bytes of models that the driver may hold while it trains them over spread rows. */
  static long forDriverModels() {
    return (long) (Runtime.getRuntime().maxMemory() * SHARE);
  }

  /**
   * Bytes of counted rows with which driver and executors have room for what training makes of
   * them: the broadcast holds them twice, the second time compressed, and every task that runs
   * weighs the rows of its fold, and holds what resampling makes of them beside them.
   *
   * @param growth rows that resampling and mix-up leave for each that there was; 0 without them
   */
  static long forRows(JavaSparkContext spark, double growth) {
    double room = Runtime.getRuntime().maxMemory() * ROWS_SHARE;
    double held = BROADCAST + WEIGHED * (1 + growth) * tasks(spark);
    if (spark.isLocal()) {
      return (long) (room / held);
    }
    double executor = spark.getConf().getSizeAsBytes("spark.executor.memory", "1g") * ROWS_SHARE;
    return (long) Math.min(room / BROADCAST, executor / held);
  }

  /** The same of rows that are trained on as they are. */
  public static long forRows(JavaSparkContext spark) {
    return forRows(spark, 0);
  }

  /** Tasks that run side by side in one executor. */
  private static int tasks(JavaSparkContext spark) {
    int all = Math.max(1, spark.defaultParallelism());
    if (spark.isLocal()) {
      return all;
    }
    // one of those that are known is the driver
    int executors = Math.max(1, spark.sc().statusTracker().getExecutorInfos().length - 1);
    int cores = spark.getConf().getInt("spark.executor.cores", (all + executors - 1) / executors);
    return Math.max(1, cores / spark.getConf().getInt("spark.task.cpus", 1));
  }
}
