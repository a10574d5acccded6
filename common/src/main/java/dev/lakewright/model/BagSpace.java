package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One text column under one kind of n-gram: a feature space of its own.
 *
 * @param column place among the schema's text columns
 */
public record BagSpace(int column, Kind kind, NgramConfig config) implements Serializable {

  /** Kinds of n-gram. */
  public enum Kind {
    WORDS,
    CHARS;

    /** The word of the configuration. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final NgramConfig DEFAULT_WORDS =
      new NgramConfig(
          List.of(1, 2),
          NgramConfig.Mode.HASH,
          18,
          false,
          100_000,
          1,
          1.0,
          true,
          true,
          NgramConfig.Norm.L2);

  /** The spaces of a configuration in their order: per text column words, then chars. */
  public static List<BagSpace> of(FeaturesConfig features, RecordSchema schema) {
    Optional<NgramConfig> words =
        features.words().isEmpty() && features.chars().isEmpty()
            ? Optional.of(DEFAULT_WORDS)
            : features.words();
    List<BagSpace> spaces = new ArrayList<>();
    for (int column = 0; column < schema.text().size(); column++) {
      int place = column;
      words.ifPresent(config -> spaces.add(new BagSpace(place, Kind.WORDS, config)));
      features.chars().ifPresent(config -> spaces.add(new BagSpace(place, Kind.CHARS, config)));
    }
    return spaces;
  }

  /** Whether terms are hashed rather than looked up. */
  public boolean hashed() {
    return config.mode() == NgramConfig.Mode.HASH;
  }
}
