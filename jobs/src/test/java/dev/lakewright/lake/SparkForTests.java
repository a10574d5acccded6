package dev.lakewright.lake;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** The one Spark session of a test JVM. */
public final class SparkForTests {

  private static SparkSession session;

  private SparkForTests() {}

  /** Starts it at the first call. */
  public static synchronized SparkSession session() {
    if (session == null) {
      session =
          Sessions.start(
              Map.of(
                  "spark.master", "local[2]",
                  "spark.sql.shuffle.partitions", "2",
                  // a few rows are planned once; jobs in processes of their own plan as they are
                  // run
                  "spark.sql.adaptive.enabled", "false",
                  // every task on Delta's log would write a program for a handful of rows; what is
                  // compiled per stage is compiled here, too
                  "spark.sql.codegen.factoryMode", "NO_CODEGEN",
                  "spark.sql.warehouse.dir",
                      System.getProperty("lakewright.warehouse", "target/spark-warehouse")));
    }
    return session;
  }

  /** The session, where a test has asked for it already. */
  static synchronized Optional<SparkSession> started() {
    return Optional.ofNullable(session);
  }

  /** Number of Spark jobs that some work starts. */
  public static int jobsOf(Runnable work) {
    AtomicInteger jobs = new AtomicInteger();
    listening(
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        },
        work);
    return jobs.get();
  }

  /** Bytes of the largest result that a task of some work sends to the driver. */
  public static long largestResultOf(Runnable work) {
    AtomicLong largest = new AtomicLong();
    listening(
        new SparkListener() {
          @Override
          public void onTaskEnd(SparkListenerTaskEnd end) {
            largest.accumulateAndGet(end.taskMetrics().resultSize(), Math::max);
          }
        },
        work);
    return largest.get();
  }

  private static void listening(SparkListener listener, Runnable work) {
    try {
      session().sparkContext().listenerBus().waitUntilEmpty();
      session().sparkContext().addSparkListener(listener);
      work.run();
      session().sparkContext().listenerBus().waitUntilEmpty();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's events were not told in time", e);
    } finally {
      session().sparkContext().removeSparkListener(listener);
    }
  }
}
