package dev.lakewright.config;

import java.util.List;
import java.util.Optional;

/** What {@code score} reads and writes. */
public record ScoreConfig(
    @Key(doc = "Delta table, or path of Parquet or JSONL files") Optional<String> input,
    @Key(doc = "Format of the input", fallback = "delta") Format format,
    @Key(doc = "Delta table to append the scored rows to") Optional<String> output,
    @Key(doc = "Model to score with: an alias or a version", fallback = "champion") String model,
    @Key(
            doc =
                "A second model, an alias or a version, that scores the same rows into the columns"
                    + " shadow_prediction, shadow_probabilities and shadow_version; where it cannot,"
                    + " they are null and the rest is as without it")
        Optional<String> shadow,
    @Key(doc = "Input columns to keep beside the scores; default: data.id, or all")
        List<String> keep) {

  /** Input formats. */
  public enum Format {
    DELTA,
    PARQUET,
    JSONL
  }
}
