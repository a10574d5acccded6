package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.shiftrightunsigned;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;

/** A share of rows by a seeded hash of their keys: the same rows wherever they lie. */
final class HashSample {

  private HashSample() {}

  /**
   * Whether a row with {@link ColumnNames#KEY} is one of the sample.
   *
   * @param share of the rows; all from 1 on
   */
  static Column holds(double share, long seed) {
    return share >= 1
        ? lit(true)
        : shiftrightunsigned(xxhash64(col(ColumnNames.KEY), lit(seed)), 11)
            .lt(lit((long) (share * 0x1p53)));
  }
}
