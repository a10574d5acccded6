package dev.lakewright.ml;

import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructType;

/** Which columns are read and added. */
final class LogisticColumns {

  private LogisticColumns() {}

  /** The schema with the columns that a model adds, those it reads being there. */
  static StructType added(LogisticSettings settings, StructType schema) {
    requireFeatures(settings, schema);
    StructType with = schema;
    with = add(with, settings.getRawPredictionCol(), SQLDataTypes.VectorType());
    with = add(with, settings.getProbabilityCol(), SQLDataTypes.VectorType());
    return add(with, settings.getPredictionCol(), DataTypes.DoubleType);
  }

  /** That the columns are there that training reads. */
  static void requireTraining(LogisticSettings settings, StructType schema) {
    requireFeatures(settings, schema);
    requireNumber("labelCol", settings.getLabelCol(), schema);
    if (!settings.getWeightCol().isEmpty()) {
      requireNumber("weightCol", settings.getWeightCol(), schema);
    }
  }

  private static void requireFeatures(LogisticSettings settings, StructType schema) {
    String column = settings.getFeaturesCol();
    DataType type = type("featuresCol", column, schema);
    if (!type.equals(SQLDataTypes.VectorType())) {
      throw new IllegalArgumentException(
          "featuresCol: column %s is %s; it must be a vector"
              .formatted(column, type.simpleString()));
    }
  }

  private static void requireNumber(String param, String column, StructType schema) {
    DataType type = type(param, column, schema);
    if (!(type instanceof NumericType)) {
      throw new IllegalArgumentException(
          "%s: column %s is %s; it must be numeric".formatted(param, column, type.simpleString()));
    }
  }

  private static DataType type(String param, String column, StructType schema) {
    if (!schema.getFieldIndex(column).isDefined()) {
      throw new IllegalArgumentException(
          "%s: there is no column %s; the columns are %s"
              .formatted(param, column, String.join(", ", schema.fieldNames())));
    }
    return schema.apply(column).dataType();
  }

  private static StructType add(StructType schema, String column, DataType type) {
    if (column.isEmpty()) {
      return schema;
    }
    if (schema.getFieldIndex(column).isDefined()) {
      throw new IllegalArgumentException(
          "column %s is there already; drop it, or name another for the model's output"
              .formatted(column));
    }
    return schema.add(column, type, false);
  }
}
