package dev.lakewright.config;

import java.util.Optional;

/** What {@code resample} writes, and how it looks for neighbours. */
public record ResampleConfig(
    @Key(
            doc =
                "Delta table of the resampled rows: all columns of data.table, then origin, source"
                    + " and other. Its rows are replaced")
        Optional<String> output,
    @Key(
            doc =
                "How nearest neighbours among many rows are found. exact: all pairs of rows are"
                    + " compared; approximate: only rows of cells that may hold neighbours, where rows"
                    + " are dense and a class has 500 or more; auto: exact up to 4e12 multiply-adds, and"
                    + " where rows are sparse",
            fallback = "auto")
        Search search,
    @Key(
            doc =
                "Share of the true neighbours that an approximate search aims at; what it found of a"
                    + " sample is told",
            fallback = "0.95",
            min = 0.5,
            max = 0.999)
        double recall) {

  /** Ways to find neighbours. */
  public enum Search {
    AUTO,
    EXACT,
    APPROXIMATE
  }
}
