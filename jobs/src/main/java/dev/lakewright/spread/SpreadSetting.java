package dev.lakewright.spread;

import dev.lakewright.neighbours.NeighbourPlan;
import dev.lakewright.neighbours.NeighbourSearch;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * What methods over spread rows work with.
 *
 * @param search how neighbours are to be found, however many
 * @param taskBytes that one task may take
 * @param progress takes lines for people
 */
public record SpreadSetting(
    SparkSession spark, NeighbourSearch search, long taskBytes, Consumer<String> progress) {

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  NeighbourPlan.Room room() {
    return new NeighbourPlan.Room(0, taskBytes, context().defaultParallelism());
  }

  void tell(String line) {
    progress.accept(line);
  }
}
