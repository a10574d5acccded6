package dev.lakewright.lake;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A version of a table whose files were listed once, however many queries read it. What {@link
 * DeltaSource#read} gives lists them anew for each query, by jobs that leave out files that a
 * filter excludes.
 *
 * @param rows of that version, with the table's own columns
 */
public record PinnedTable(TableVersion version, Dataset<Row> rows) {}
