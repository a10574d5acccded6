package dev.lakewright.spread;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Makes rows of what their derivations tell. */
@FunctionalInterface
public interface Realization {

  /**
   * The derived rows, with the columns of {@link EncodedRows}.
   *
   * @param derivations see {@link Derivation}
   * @param number column of the derivations that becomes {@link EncodedRows#ROW}
   */
  Dataset<Row> encoded(Dataset<Row> derivations, String number);
}
