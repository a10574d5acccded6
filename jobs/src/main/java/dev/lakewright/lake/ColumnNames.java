package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Column;

/** Names of the columns that {@link LabelledTable} adds; user columns never begin with these. */
public final class ColumnNames {

  /** Stable 64-bit hash of the record's identity: the order of rows everywhere. */
  public static final String KEY = "_lw_key";

  /** The record's id as text; the key in hexadecimal where there is no id column. */
  public static final String ID = "_lw_id";

  /** The class as text. */
  public static final String LABEL = "_lw_label";

  /** The row's weight as double; 1 where there is no weight column. */
  public static final String WEIGHT = "_lw_weight";

  /** Whether the row is held out for the test. */
  public static final String TEST = "_lw_test";

  /** The row's fold, 0 to folds - 1. */
  public static final String FOLD = "_lw_fold";

  private ColumnNames() {}

  /** The column of exactly this name, whatever characters it holds. */
  public static Column quoted(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}
