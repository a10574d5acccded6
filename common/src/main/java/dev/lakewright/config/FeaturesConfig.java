package dev.lakewright.config;

import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** How records become features. Applies to every text, numeric and categorical column of data. */
public record FeaturesConfig(
    @Key(
            doc =
                "Word splitter: standard (Unicode words), whitespace, english (stemmed, stop words"
                    + " dropped), chinese (dictionary words), icu (any script)",
            fallback = "standard")
        Language language,
    @Key(doc = "Fold letters to lower case", fallback = "true") boolean lowerCase,
    @Key(doc = "Word n-grams; word 1- and 2-grams when neither words nor chars is given")
        Optional<NgramConfig> words,
    @Key(doc = "Character n-grams within word boundaries") Optional<NgramConfig> chars,
    @Key(doc = "Numeric columns") NumericConfig numeric,
    @Key(doc = "Categorical columns") CategoricalConfig categorical)
    implements Serializable {

  /** Word splitters, all by Apache Lucene. */
  public enum Language {
    STANDARD,
    WHITESPACE,
    ENGLISH,
    CHINESE,
    ICU
  }

  /** Travels between tasks as lists, since Optional cannot. */
  private Object writeReplace() {
    return new Travelling(
        language,
        lowerCase,
        words.stream().toList(),
        chars.stream().toList(),
        numeric,
        categorical);
  }

  private record Travelling(
      Language language,
      boolean lowerCase,
      List<NgramConfig> words,
      List<NgramConfig> chars,
      NumericConfig numeric,
      CategoricalConfig categorical)
      implements Serializable {

    private Object readResolve() {
      return new FeaturesConfig(
          language,
          lowerCase,
          words.stream().findFirst(),
          chars.stream().findFirst(),
          numeric,
          categorical);
    }
  }
}
