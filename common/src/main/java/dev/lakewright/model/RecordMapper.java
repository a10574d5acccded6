package dev.lakewright.model;

import dev.lakewright.errors.DataException;
import java.util.Map;

/**
 * Reads a record from a map of column names to values, as a JSON parser gives them. An absent or
 * null value is missing; columns that the schema does not name are left aside.
 */
final class RecordMapper {

  private final RecordSchema schema;

  RecordMapper(RecordSchema schema) {
    this.schema = schema;
  }

  /**
   * The record.
   *
   * @throws DataException when a value has the wrong type or a number is not finite
   */
  FeatureRecord read(Map<String, ?> values) {
    return new FeatureRecord(
        schema.text().stream().map(name -> text(name, values.get(name))).toArray(String[]::new),
        schema.numeric().stream().mapToDouble(name -> number(name, values.get(name))).toArray(),
        schema.categorical().stream()
            .map(name -> category(name, values.get(name)))
            .toArray(String[]::new));
  }

  private static String text(String name, Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof String text) {
      return text;
    }
    throw wrongType(name, "text", value);
  }

  private static double number(String name, Object value) {
    if (value == null) {
      return Double.NaN;
    }
    if (!(value instanceof Number number)) {
      throw wrongType(name, "a number", value);
    }
    if (Double.isInfinite(number.doubleValue())) {
      throw new DataException(
          "column %s must be a finite number, not %s; leave it out where it is missing"
              .formatted(name, number));
    }
    return number.doubleValue();
  }

  /** Whole numbers and booleans are read as their text, as a table's columns are. */
  private static String category(String name, Object value) {
    if (value == null || value instanceof String) {
      return (String) value;
    }
    if (value instanceof Integer || value instanceof Long || value instanceof Boolean) {
      return value.toString();
    }
    throw wrongType(name, "text, a whole number or a boolean", value);
  }

  private static DataException wrongType(String name, String expected, Object value) {
    return new DataException(
        "column %s must be %s, not %s (%s); send it so, or leave it out"
            .formatted(name, expected, shown(value), value.getClass().getSimpleName()));
  }

  private static String shown(Object value) {
    String shown = value.toString().lines().findFirst().orElse("");
    return shown.length() <= 60 ? shown : shown.substring(0, 60) + "...";
  }
}
