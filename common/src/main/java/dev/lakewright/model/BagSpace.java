package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One text column under one kind of n-gram: a space of term counts of its own.
 *
 * @param column place among the schema's text columns
 */
public record BagSpace(int column, Kind kind, NgramConfig config) implements Serializable {

  /** What the n-grams are made of. */
  public enum Kind {
    WORDS,
    CHARS;

    /** The word of the configuration. */
    public String key() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final NgramConfig WORDS_1_AND_2 =
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

  /**
   * The spaces of a schema, in order: for each text column words, then chars, where configured;
   * word 1- and 2-grams where neither is.
   */
  public static List<BagSpace> of(FeaturesConfig config, RecordSchema schema) {
    boolean neither = config.words().isEmpty() && config.chars().isEmpty();
    Optional<NgramConfig> words = neither ? Optional.of(WORDS_1_AND_2) : config.words();
    List<BagSpace> spaces = new ArrayList<>();
    for (int place = 0; place < schema.text().size(); place++) {
      int column = place;
      words.ifPresent(ngrams -> spaces.add(new BagSpace(column, Kind.WORDS, ngrams)));
      config.chars().ifPresent(ngrams -> spaces.add(new BagSpace(column, Kind.CHARS, ngrams)));
    }
    return List.copyOf(spaces);
  }

  /** Whether terms are hashed rather than looked up. */
  public boolean hashed() {
    return config.mode() == NgramConfig.Mode.HASH;
  }

  /** As people read it, such as {@code subject words}. */
  String title(RecordSchema schema) {
    return schema.text().get(column) + " " + kind.key();
  }

  /** Number of hash buckets. */
  int buckets() {
    return 1 << config.hashBits();
  }
}
