package dev.lakewright.spread;

import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;

/** How rows of Spark are read as rows of numbers. */
public interface Encoding extends Serializable {

  /**
   * Refills a vector.
   *
   * @param row the columns of {@link EncodedRows}
   * @param categoryEntry of a category's value; at 0 categories have no entries
   */
  void read(Row row, float categoryEntry, SparseVector out);

  /** Number of columns of the encoded rows. */
  int features();

  /** Entries of an encoded row: about, or at most. */
  int entries();

  /** Names of columns that hold a number each; none where rows hold vectors. */
  List<String> numeric();

  /** Names of columns that hold a category each; none where rows hold vectors. */
  List<String> categorical();
}
