package dev.lakewright.config;

import java.io.Serializable;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Made-up training rows: texts that are altered a little (Wei and Zou, 2019), and mixtures of
 * feature vectors (Zhang et al., 2018). Validation and test rows are never made up.
 */
public record AugmentationConfig(
    @Key(doc = "Most altered copies per training row; 0: none", fallback = "0", min = 0, max = 100)
        int copies,
    @Key(
            doc =
                "Share of words that a copy replaces by a synonym (WordNet, English only); 0: never",
            fallback = "0.1",
            min = 0,
            max = 1)
        double synonyms,
    @Key(
            doc = "Pairs of words that a copy swaps, as a share of its words; 0: never",
            fallback = "0.1",
            min = 0,
            max = 1)
        double swap,
    @Key(
            doc = "Probability of each word to be left out of a copy; 0: never",
            fallback = "0.1",
            min = 0,
            max = 1)
        double deletion,
    @Key(
            doc =
                "Synonyms that a copy gains at random places, as a share of its words (WordNet,"
                    + " English only); 0: never",
            fallback = "0.1",
            min = 0,
            max = 1)
        double insertion,
    @Key(
            doc =
                "Share of words that a copy mistypes: letters swapped, dropped, repeated or hit"
                    + " beside; 0: never",
            fallback = "0",
            min = 0,
            max = 1)
        double characterNoise,
    @Key(
            doc =
                "majority: classes get rows until they have as many as the largest; all: every class"
                    + " gets all its copies",
            fallback = "majority")
        Target target,
    @Key(
            doc =
                "Training rows to reach per class, instead of target; classes not named, and those"
                    + " that have more, get none")
        Map<String, Long> counts,
    @Key(
            doc = "Most mixtures of two rows' features per training row (mix-up); 0: none",
            fallback = "0",
            min = 0,
            max = 100)
        double mixUp,
    @Key(
            doc =
                "Mix-up: shares are drawn from Beta(alpha, alpha); small: close to one of the two",
            fallback = "0.2",
            min = 0.01,
            max = 100)
        double mixUpAlpha,
    @Key(
            doc =
                "Mix-up: same: partners are of the row's class; any: of any class, the mixture"
                    + " counting for both by its share",
            fallback = "same")
        Partners mixUpPartners,
    @Key(doc = "Seed of all that is drawn", fallback = "7") long seed)
    implements Serializable {

  /** Nothing is made up. */
  public static final AugmentationConfig OFF =
      new AugmentationConfig(0, 0, 0, 0, 0, 0, Target.MAJORITY, Map.of(), 0, 0.2, Partners.SAME, 7);

  /** Which classes get how many rows. */
  public enum Target {
    MAJORITY,
    ALL
  }

  /** Whom a row is mixed with. */
  public enum Partners {
    SAME,
    ANY
  }

  public AugmentationConfig {
    counts = Collections.unmodifiableMap(new TreeMap<>(counts));
    counts.forEach(
        (label, rows) -> {
          if (rows < 1) {
            throw new IllegalArgumentException(
                "counts.%s must be at least 1, not %d".formatted(label, rows));
          }
        });
    if (copies > 0 && synonyms + swap + deletion + insertion + characterNoise == 0) {
      throw new IllegalArgumentException(
          "copies: %d needs a way to alter texts; give synonyms, swap, deletion, insertion or character_noise a share such as 0.1"
              .formatted(copies));
    }
  }

  /** Whether texts are altered. */
  public boolean altersTexts() {
    return copies > 0;
  }

  /** Whether feature vectors are mixed. */
  public boolean mixes() {
    return mixUp > 0;
  }

  /** Whether it takes a thesaurus. */
  public boolean usesSynonyms() {
    return altersTexts() && synonyms + insertion > 0;
  }
}
