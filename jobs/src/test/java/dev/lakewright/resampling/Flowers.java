package dev.lakewright.resampling;

import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Tables of made-up flowers: rose in plenty, lily fewer, iris rare. */
public final class Flowers {

  /** id, width (double), petals (int), colour (text), note (text), label. */
  public static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("width", DataTypes.DoubleType)
          .add("petals", DataTypes.IntegerType)
          .add("colour", DataTypes.StringType)
          .add("note", DataTypes.StringType)
          .add("label", DataTypes.StringType);

  private static final List<String> COLOURS = List.of("blue", "red", "white");

  private Flowers() {}

  /** Rows of each class, with ids f0, f1, ... */
  public static List<Row> rows(int roses, int lilies, int irises) {
    SplittableRandom random = new SplittableRandom(7);
    List<Row> rows = new ArrayList<>();
    add(rows, "rose", roses, 2, random);
    add(rows, "lily", lilies, 4, random);
    add(rows, "iris", irises, 6, random);
    return rows;
  }

  private static void add(
      List<Row> rows, String label, int count, double width, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      rows.add(
          RowFactory.create(
              "f" + rows.size(),
              width + random.nextDouble(),
              (int) width + random.nextInt(9),
              random.nextInt(5) == 0 ? null : COLOURS.get(random.nextInt(3)),
              "note of " + rows.size(),
              label));
    }
  }

  /** Writes a new Delta table. */
  public static void write(List<Row> rows, Path table, int partitions) {
    write(SparkForTests.session().createDataFrame(rows, SCHEMA), table, partitions);
  }

  /** Writes a new Delta table. */
  public static void write(Dataset<Row> rows, Path table, int partitions) {
    rows.repartition(partitions).write().format("delta").save(table.toString());
  }

  /** All rows of a Delta table. */
  public static Dataset<Row> read(Path table) {
    return SparkForTests.session().read().format("delta").load(table.toString());
  }

  /** Rows as text, sorted. */
  public static List<String> sorted(Path table) {
    return read(table).collectAsList().stream().map(Row::toString).sorted().toList();
  }
}
