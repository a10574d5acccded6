package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.array_max;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.split;
import static org.apache.spark.sql.functions.transform;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;

/**
 * Ids of made rows: {@code SOURCE~N}. Where ids of the table hold such signs in a row, one more of
 * them stands in between, so that no made id is an id of the table.
 */
record MadeIds(String separator) {

  /** What ids must not hold for made ones to be told from them. */
  static final String SEPARATOR = "~";

  static MadeIds of(SourceTable source, Tally tally) {
    if (tally.taggedIds() == 0) {
      return new MadeIds(SEPARATOR);
    }
    Column runs = split(source.id().orElseThrow(), "[^" + SEPARATOR + "]+");
    int longest =
        source.labelled().agg(max(array_max(transform(runs, functions::length)))).first().getInt(0);
    return new MadeIds(SEPARATOR.repeat(longest + 1));
  }

  /** The id of a row. */
  Column id(Column source, Column number) {
    return concat(source, lit(separator), number.cast("string"));
  }
}
