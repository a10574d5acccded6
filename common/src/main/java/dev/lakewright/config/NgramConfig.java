package dev.lakewright.config;

import java.io.Serializable;
import java.util.List;

/** One kind of n-gram, and how its counts become values. */
public record NgramConfig(
    @Key(doc = "Shortest and longest n-gram", fallback = "[1, 1]") List<Integer> ngrams,
    @Key(
            doc = "hash: fixed size, nothing to learn; vocabulary: the terms of the training rows",
            fallback = "hash")
        Mode mode,
    @Key(doc = "With mode hash: 2^hash_bits buckets", fallback = "18", min = 4, max = 24)
        int hashBits,
    @Key(doc = "With mode hash: let a hash bit choose the sign", fallback = "false") boolean signed,
    @Key(
            doc = "With mode vocabulary: keep at most so many terms, the most frequent first",
            fallback = "100000",
            min = 1,
            max = 10_000_000)
        int maxTerms,
    @Key(doc = "Drop features in fewer training rows than this", fallback = "1", min = 1) int minDf,
    @Key(
            doc = "Drop features in more than this share of training rows",
            fallback = "1.0",
            min = 0,
            max = 1)
        double maxDf,
    @Key(doc = "Use 1 + ln(count) instead of the count", fallback = "true") boolean sublinear,
    @Key(doc = "Multiply by ln((1 + rows) / (1 + document frequency)) + 1", fallback = "true")
        boolean idf,
    @Key(
            doc = "Scale each record's values of this space to length 1 (l2), or not (none)",
            fallback = "l2")
        Norm norm)
    implements Serializable {

  /** How terms get their place. */
  public enum Mode {
    HASH,
    VOCABULARY
  }

  /** Length normalization of one record's values. */
  public enum Norm {
    L2,
    NONE
  }

  public NgramConfig {
    ngrams = List.copyOf(ngrams);
    if (ngrams.size() != 2
        || ngrams.get(0) < 1
        || ngrams.get(1) < ngrams.get(0)
        || ngrams.get(1) > 10) {
      throw new IllegalArgumentException(
          "ngrams must be [shortest, longest] with 1 <= shortest <= longest <= 10, not " + ngrams);
    }
  }

  /** Length of the shortest n-gram, in words or characters. */
  public int shortest() {
    return ngrams.get(0);
  }

  /** Length of the longest n-gram, in words or characters. */
  public int longest() {
    return ngrams.get(1);
  }
}
