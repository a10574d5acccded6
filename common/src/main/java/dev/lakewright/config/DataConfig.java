package dev.lakewright.config;

import java.util.List;
import java.util.Optional;

/** The labelled table: where it lies, which columns matter, how it is split. */
public record DataConfig(
    @Key(doc = "Delta table: a path, or a catalog name as catalog.schema.table")
        Optional<String> table,
    @Key(
            doc = "Table version: latest, a number, or a timestamp such as 2026-11-01T00:00:00Z",
            fallback = "latest")
        String version,
    @Key(doc = "Column that holds the class", fallback = "label") String label,
    @Key(doc = "Text columns; each has a feature space of its own") List<String> text,
    @Key(
            doc =
                "Numeric columns; those of CSV and JSON files are read as text where ingest is not given them")
        List<String> numeric,
    @Key(doc = "Categorical columns") List<String> categorical,
    @Key(doc = "Column of row weights, each > 0") Optional<String> weight,
    @Key(doc = "Column that identifies a record; unique") Optional<String> id,
    @Key(doc = "Which rows are held out for the test") SplitConfig split) {}
