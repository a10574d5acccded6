package dev.lakewright.config;

import java.io.Serializable;

/** How numeric columns become features. */
public record NumericConfig(
    @Key(doc = "Value that stands in for a missing number", fallback = "median") Impute impute,
    @Key(
            doc =
                "standardize: zero mean and unit variance; none: as it is; bins: one feature per"
                    + " quantile bin",
            fallback = "standardize")
        Encode encode,
    @Key(doc = "With encode bins: number of quantile bins", fallback = "10", min = 2, max = 1000)
        int bins)
    implements Serializable {

  /** Stand-in for a missing number. */
  public enum Impute {
    MEDIAN,
    MEAN,
    ZERO
  }

  /** Encoding of a number. */
  public enum Encode {
    STANDARDIZE,
    NONE,
    BINS
  }
}
