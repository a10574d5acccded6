import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.rand;
import static org.apache.spark.sql.functions.randn;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.lake.Sessions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Random sampling by hand, as Spark's users write it, in local[2].
 *
 * <ul>
 *   <li>Sample.java make ROWS OUT: a Delta table of id, four numbers, a city, and labels of 80, 15 and 5 %.
 *   <li>Sample.java numbers ROWS OUT COLUMNS: id, so many normal numbers in 100 clusters, the same labels.
 *   <li>Sample.java over|under IN OUT: balanced classes; seconds from reading to the written table, and rows per class.
 * </ul>
 */
public final class Sample {

  public static void main(String[] args) {
    SparkSession spark = Sessions.start(Map.of("spark.master", "local[2]"));
    long started = System.nanoTime();
    switch (args[0]) {
      case "make" -> table(spark, Long.parseLong(args[1])).write().format("delta").save(args[2]);
      case "numbers" -> numbers(spark, Long.parseLong(args[1]), Integer.parseInt(args[3])).write().format("delta").save(args[2]);
      case "over" -> over(spark.read().format("delta").load(args[1])).write().format("delta").mode("overwrite").save(args[2]);
      case "under" -> under(spark.read().format("delta").load(args[1])).write().format("delta").mode("overwrite").save(args[2]);
      default -> throw new IllegalArgumentException(args[0]);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    Map<String, Long> counts = counts(spark.read().format("delta").load(args[2]));
    StringBuilder json = new StringBuilder("{\"seconds\": %.2f, \"after\": {".formatted(seconds));
    counts.forEach((label, count) -> json.append("\"%s\": %d, ".formatted(label, count)));
    System.out.println(json.substring(0, json.length() - 2) + "}}");
    spark.stop();
  }

  private static Dataset<Row> table(SparkSession spark, long rows) {
    return spark.range(0, rows, 1, 8).toDF("id").select(
        col("id"), rand(1).as("a"), rand(2).as("b"), rand(3).as("c"), rand(4).as("d"),
        when(col("id").mod(7).lt(3), "Oslo").when(col("id").mod(7).lt(5), "Lima").otherwise("Kyoto").as("city"),
        label());
  }

  private static Dataset<Row> numbers(SparkSession spark, long rows, int columns) {
    List<Column> all = new ArrayList<>(List.of(col("id"), label()));
    for (int i = 0; i < columns; i++) {
      Column center = pmod(xxhash64(pmod(xxhash64(col("id")), lit(100)), lit(i)), lit(1000)).divide(250.0);
      Column shift = when(col("label").equalTo("rare"), 0.5).otherwise(0.0);
      all.add(randn(i).plus(center).plus(shift).cast("float").as("x" + i));
    }
    return spark.range(0, rows, 1, 8).toDF("id").withColumn("label", label()).select(all.toArray(Column[]::new));
  }

  private static Column label() {
    return when(col("id").mod(20).equalTo(0), "rare").when(col("id").mod(20).leq(3), "seldom").otherwise("common").as("label");
  }

  private static Map<String, Long> counts(Dataset<Row> rows) {
    Map<String, Long> counts = new java.util.TreeMap<>();
    rows.groupBy("label").count().collectAsList().forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  /** Rows of small classes drawn with replacement, in union with all rows. */
  private static Dataset<Row> over(Dataset<Row> rows) {
    Map<String, Long> counts = counts(rows);
    long largest = counts.values().stream().mapToLong(count -> count).max().orElseThrow();
    Dataset<Row> all = rows;
    for (Map.Entry<String, Long> each : counts.entrySet()) {
      if (each.getValue() < largest) {
        double share = (double) (largest - each.getValue()) / each.getValue();
        all = all.union(rows.where(col("label").equalTo(each.getKey())).sample(true, share, 7));
      }
    }
    return all;
  }

  private static Dataset<Row> under(Dataset<Row> rows) {
    Map<String, Long> counts = counts(rows);
    long smallest = counts.values().stream().mapToLong(count -> count).min().orElseThrow();
    Map<String, Double> shares = new HashMap<>();
    counts.forEach((label, count) -> shares.put(label, (double) smallest / count));
    return rows.stat().sampleBy("label", shares, 7);
  }
}
