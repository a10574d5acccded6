package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.rint;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.IntegralType;

/** Made numbers in the types of their columns. */
final class NumberTypes {

  private NumberTypes() {}

  /**
   * A made number as a column holds it: whole numbers and decimals are rounded to the nearest,
   * booleans are true from a half on.
   */
  static Column fit(Column made, DataType type) {
    if (type instanceof BooleanType) {
      return made.geq(0.5);
    }
    return (type instanceof IntegralType ? rint(made) : made).cast(type);
  }
}
