package dev.lakewright.config;

import java.io.Serializable;

/** How categorical columns become features. A missing value is a value of its own. */
public record CategoricalConfig(
    @Key(doc = "one_hot: a feature per value; hashed: 2^hash_bits features", fallback = "one_hot")
        Encode encode,
    @Key(
            doc = "With one_hot: keep at most so many values per column, the most frequent first",
            fallback = "1000",
            min = 1,
            max = 1_000_000)
        int maxValues,
    @Key(doc = "With hashed: 2^hash_bits features per column", fallback = "12", min = 4, max = 24)
        int hashBits)
    implements Serializable {

  /** Encoding of a category. */
  public enum Encode {
    ONE_HOT,
    HASHED
  }
}
