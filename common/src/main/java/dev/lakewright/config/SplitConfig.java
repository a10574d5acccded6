package dev.lakewright.config;

import java.util.Optional;

/** How rows are parted into training and test rows. */
public record SplitConfig(
    @Key(doc = "Share of rows held out for the test", fallback = "0.2", min = 0, max = 0.9)
        double test,
    @Key(
            doc =
                "random: by a stable hash; time: the newest rows; group: whole groups of a column;"
                    + " column: rows whose column says so",
            fallback = "random")
        By by,
    @Key(doc = "The column that time, group or column refer to") Optional<String> column,
    @Key(doc = "With by: column, the value that marks test rows", fallback = "test")
        String testValue,
    @Key(doc = "Keep class shares equal on both sides (by: random)", fallback = "true")
        boolean stratify,
    @Key(doc = "Seed of the stable hash", fallback = "7") long seed) {

  /** What decides the side of a row. */
  public enum By {
    RANDOM,
    TIME,
    GROUP,
    COLUMN
  }

  public SplitConfig {
    if (by != By.RANDOM && column.isEmpty()) {
      throw new IllegalArgumentException(
          "by: " + by.name().toLowerCase(java.util.Locale.ROOT) + " needs column to be set");
    }
  }
}
