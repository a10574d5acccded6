package dev.lakewright.lake;

import dev.lakewright.logstore.LocalLogStore;
import dev.lakewright.logstore.S3LogStore;
import java.util.List;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark with Delta, embedded or as submitted. */
public final class Sessions {

  private Sessions() {}

  /**
   * The session of this process.
   *
   * @param settings of Spark and Hadoop, which go before ours; a master given by spark-submit or
   *     {@code --master} stays
   */
  public static SparkSession start(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(conf::set);
    conf.setIfMissing("spark.master", "local[*]");
    conf.setIfMissing("spark.app.name", "lakewright");
    addDelta(conf);
    if (conf.get("spark.master").startsWith("local")) {
      tuneForOneMachine(conf);
    }
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static void addDelta(SparkConf conf) {
    conf.setIfMissing("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension");
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
    conf.setIfMissing("spark.sql.session.timeZone", "UTC");
    // no job adds classes to its session; with them apart, tasks ask the driver for every class
    // that generated code might mean
    conf.setIfMissing("spark.sql.artifact.isolation.enabled", "false");
    // the first rows in an order are held in a task's memory; more than that many are sorted, which
    // spills
    conf.setIfMissing("spark.sql.execution.topKSortFallbackThreshold", "100000");
    // every score of a model is another number: a dictionary of them is built for nothing
    conf.setIfMissing("spark.hadoop.parquet.enable.dictionary#scores.list.element", "false");
    // where a column has more values than fit, the dictionary is built for nothing: give up sooner
    conf.setIfMissing("spark.hadoop.parquet.dictionary.page.size", "131072");
    conf.setIfMissing("spark.databricks.delta.properties.defaults.enableChangeDataFeed", "true");
    addLogStores(conf);
  }

  /** Delta's own for local disks and S3 let two processes overwrite each other's commits. */
  static void addLogStores(SparkConf conf) {
    boolean oneForAll = conf.contains("spark.delta.logStore.class");
    if (!oneForAll) {
      conf.setIfMissing("spark.delta.logStore.file.impl", LocalLogStore.class.getName());
      for (String scheme : List.of("s3a", "s3", "s3n")) {
        conf.setIfMissing(
            "spark.delta.logStore.%s.impl".formatted(scheme), S3LogStore.class.getName());
      }
    }
  }

  /** What suits data of one machine; the defaults are for clusters. */
  private static void tuneForOneMachine(SparkConf conf) {
    int cores = Runtime.getRuntime().availableProcessors();
    conf.setIfMissing("spark.ui.enabled", "false");
    if (!conf.getBoolean("spark.ui.enabled", false)) {
      // plans are written down for each query and each of its stages, whether or not they are shown
      conf.setIfMissing("spark.sql.ui.explainMode", "simple");
    }
    conf.setIfMissing("spark.driver.host", "127.0.0.1");
    conf.setIfMissing("spark.driver.bindAddress", "127.0.0.1");
    conf.setIfMissing("spark.sql.shuffle.partitions", Integer.toString(Math.min(8, cores * 2)));
    conf.setIfMissing("spark.databricks.delta.snapshotPartitions", "2");
    conf.setIfMissing("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2");
    conf.setIfMissing("spark.driver.maxResultSize", "0");
    // driver and executor share a heap: with more for the cache, a full one has the collector run
    // without end
    conf.setIfMissing("spark.memory.fraction", "0.4");
  }
}
