package dev.lakewright.lake;

import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
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
                  "spark.sql.warehouse.dir",
                      System.getProperty("lakewright.warehouse", "target/spark-warehouse")));
    }
    return session;
  }

  /** Number of Spark jobs that some work starts. */
  public static int jobsOf(Runnable work) {
    AtomicInteger jobs = new AtomicInteger();
    SparkListener counter =
        new SparkListener() {
          @Override
          public void onJobStart(SparkListenerJobStart start) {
            jobs.incrementAndGet();
          }
        };
    try {
      session().sparkContext().listenerBus().waitUntilEmpty();
      session().sparkContext().addSparkListener(counter);
      work.run();
      session().sparkContext().listenerBus().waitUntilEmpty();
      return jobs.get();
    } catch (TimeoutException e) {
      throw new IllegalStateException("Spark's events were not told in time", e);
    } finally {
      session().sparkContext().removeSparkListener(counter);
    }
  }
}
