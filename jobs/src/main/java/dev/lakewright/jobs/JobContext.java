package dev.lakewright.jobs;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.sql.SparkSession;

/**
 * What a job is given.
 *
 * @param config the validated configuration
 * @param document what {@code config} was bound from
 * @param arguments words after the job's name that are not options, such as {@code promote 3}
 * @param spark starts Spark at the first call, so that jobs without data start at once
 * @param progress where the job tells how far it is
 */
public record JobContext(
    LakewrightConfig config,
    ConfigDocument document,
    List<String> arguments,
    Supplier<SparkSession> spark,
    Progress progress) {

  public JobContext {
    arguments = List.copyOf(arguments);
  }

  /** The same with another configuration, for a job that runs others. */
  JobContext with(ConfigDocument other) {
    return new JobContext(other.bind(LakewrightConfig.class), other, arguments, spark, progress);
  }
}
