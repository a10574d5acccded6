package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.NgramConfig;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One text column under one kind of n-gram: a space of term counts of its own. */
public record BagSpace(String column, Kind kind, NgramConfig config) implements Serializable {

  /** What the n-grams are made of. */
  public enum Kind {
    WORDS,
    CHARS
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
    for (String column : schema.text()) {
      words.ifPresent(ngrams -> spaces.add(new BagSpace(column, Kind.WORDS, ngrams)));
      config.chars().ifPresent(ngrams -> spaces.add(new BagSpace(column, Kind.CHARS, ngrams)));
    }
    return List.copyOf(spaces);
  }

  /** As people read it, such as {@code subject words}. */
  String title() {
    return column + (kind == Kind.WORDS ? " words" : " chars");
  }

  boolean isHashed() {
    return config.mode() == NgramConfig.Mode.HASH;
  }

  /** Number of hash buckets. */
  int buckets() {
    return 1 << config.hashBits();
  }
}
