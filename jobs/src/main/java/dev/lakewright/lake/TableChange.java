package dev.lakewright.lake;

import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What became of a table's rows between two of its versions. */
public sealed interface TableChange {

  /** The rows are the same, however they are stored by now. */
  record Nothing() implements TableChange {}

  /**
   * Rows were added, and none was touched.
   *
   * @param count of them, where the commits tell it
   */
  record Appended(Dataset<Row> rows, OptionalLong count) implements TableChange {}

  /**
   * Rows were deleted or corrected. Copies count: a row that was there twice and is there once was
   * removed once.
   *
   * @param added rows that are there now, and corrected ones as they are now
   * @param removed rows that are gone, and corrected ones as they were
   */
  record Changed(Dataset<Row> added, Dataset<Row> removed) implements TableChange {}

  /**
   * The history does not tell: only the whole table does.
   *
   * @param reason as the end of a sentence
   */
  record Unknown(String reason) implements TableChange {}
}
