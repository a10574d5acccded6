package dev.lakewright.resampling;

import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VariantType;

/** Columns in a form of which Spark makes a hash. */
final class Hashable {

  private Hashable() {}

  /** Maps and variants as text, other types as they are. */
  static Column column(Column column, DataType type) {
    return holdsUnhashable(type) ? column.cast("string") : column;
  }

  private static boolean holdsUnhashable(DataType type) {
    if (type instanceof ArrayType array) {
      return holdsUnhashable(array.elementType());
    }
    if (type instanceof StructType struct) {
      return Arrays.stream(struct.fields()).anyMatch(field -> holdsUnhashable(field.dataType()));
    }
    return type instanceof MapType || type instanceof VariantType;
  }
}
