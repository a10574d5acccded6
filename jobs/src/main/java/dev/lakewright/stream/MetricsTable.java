package dev.lakewright.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The Delta table of prequential metrics: a row per micro-batch, whose rows were tested before they
 * were learnt. A micro-batch is written once, however often it is asked for.
 */
final class MetricsTable {

  private static final StructType TYPE =
      new StructType()
          .add("model", DataTypes.StringType)
          .add("champion", DataTypes.LongType)
          .add("batch", DataTypes.LongType)
          .add("version", DataTypes.LongType)
          .add("rows", DataTypes.LongType)
          .add("learnt", DataTypes.LongType)
          .add("held_out", DataTypes.LongType)
          .add("unknown", DataTypes.LongType)
          .add("unlabelled", DataTypes.LongType)
          .add("accuracy", DataTypes.DoubleType)
          .add("macro_f1", DataTypes.DoubleType)
          .add("log_loss", DataTypes.DoubleType)
          .add("cumulative_rows", DataTypes.LongType)
          .add("cumulative_accuracy", DataTypes.DoubleType)
          .add("cumulative_macro_f1", DataTypes.DoubleType)
          .add("cumulative_log_loss", DataTypes.DoubleType)
          .add("fading_accuracy", DataTypes.DoubleType)
          .add("fading_log_loss", DataTypes.DoubleType)
          .add("seconds", DataTypes.DoubleType);

  private final SparkSession spark;
  private final String path;
  private final String application;

  MetricsTable(SparkSession spark, String path, String application) {
    this.spark = spark;
    this.path = path;
    this.application = application;
  }

  /** Appends the row of a micro-batch, unless it is there. */
  void append(long batch, ObjectNode row) {
    Object[] values =
        Arrays.stream(TYPE.fields())
            .map(field -> value(row.path(field.name()), field.dataType()))
            .toArray();
    List<Row> rows = List.of(RowFactory.create(values));
    spark
        .createDataFrame(rows, TYPE)
        .coalesce(1)
        .write()
        .format("delta")
        .option("txnAppId", application)
        .option("txnVersion", batch)
        .mode("append")
        .save(path);
  }

  private static Object value(JsonNode node, DataType type) {
    if (node.isMissingNode() || node.isNull()) {
      return null;
    }
    return type.equals(DataTypes.StringType)
        ? node.asText()
        : type.equals(DataTypes.LongType) ? (Object) node.asLong() : (Object) node.asDouble();
  }
}
