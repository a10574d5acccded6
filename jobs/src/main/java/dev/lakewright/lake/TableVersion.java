package dev.lakewright.lake;

/**
 * One version of one Delta table: what a model learnt from.
 *
 * @param table path or catalog name as the user gave it
 * @param id the table's own identity, which a table made anew at the same path does not share
 */
public record TableVersion(String table, String id, long version) {}
