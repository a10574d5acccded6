package dev.lakewright.lake;

import java.util.Map;
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
                  "spark.sql.warehouse.dir", "target/spark-warehouse"));
    }
    return session;
  }
}
