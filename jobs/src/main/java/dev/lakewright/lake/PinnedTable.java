package dev.lakewright.lake;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A version of a table, to be read more than once: where Delta names its files, no query looks for
 * them by jobs of its own, as each does on what {@link DeltaSource#read} gives.
 *
 * @param rows of that version, with the table's own columns
 */
public record PinnedTable(TableVersion version, Dataset<Row> rows) {}
