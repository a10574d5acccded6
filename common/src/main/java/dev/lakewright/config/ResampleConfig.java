package dev.lakewright.config;

import java.util.Optional;

/** What {@code resample} writes. */
public record ResampleConfig(
    @Key(
            doc =
                "Delta table of the resampled rows: all columns of data.table, then origin, source"
                    + " and other. Its rows are replaced")
        Optional<String> output) {}
