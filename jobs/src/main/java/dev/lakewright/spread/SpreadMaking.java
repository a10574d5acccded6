package dev.lakewright.spread;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A way to make rows of a class out of rows that stay spread. */
interface SpreadMaking {

  /** Neighbours of its own class that it wants for a row. */
  int neighbours();

  /**
   * Makes exactly {@code make} rows of a class of at least two rows.
   *
   * @return derivations, computed
   */
  Dataset<Row> make(int label, long make);
}
