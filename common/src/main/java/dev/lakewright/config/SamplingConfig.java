package dev.lakewright.config;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What training rows count for, and how they are resampled; validation and test rows never are. */
public record SamplingConfig(
    @Key(
            doc =
                "none: every row counts its own weight; balanced: rows / (classes x rows of class);"
                    + " effective_number: in inverse proportion to (1 - beta^n) / (1 - beta), n being"
                    + " the rows of the class (Cui et al. 2019)",
            fallback = "none")
        Weights weights,
    @Key(doc = "Explicit weight per class, > 0; classes not named have weight 1")
        Map<String, Double> classWeights,
    @Key(
            doc =
                "With weights: effective_number, from none (0) to balanced (1): rows of a class are"
                    + " worth about 1 / (1 - beta) different ones at most",
            fallback = "0.999",
            min = 0,
            max = 1)
        double beta,
    @Key(
            doc =
                "How training rows are resampled, as imbalanced-learn does. More rows of small"
                    + " classes: random_over, smote, smote_nc (with categorical columns), smoten (only"
                    + " categorical columns), borderline_smote_1, borderline_smote_2, adasyn,"
                    + " kmeans_smote. Fewer rows of large ones: random_under, near_miss_1, near_miss_2,"
                    + " near_miss_3, cluster_centroids, instance_hardness. Without rows at the border:"
                    + " tomek, enn, repeated_enn, all_knn, condensed, one_sided,"
                    + " neighbourhood_cleaning. Both: smote_tomek, smote_enn",
            fallback = "none")
        Method method,
    @Key(
            doc =
                "Classes whose rows change. balanced: all but the largest grow to its rows, or all but"
                    + " the smallest shrink to its rows (or are cleaned); minority, majority,"
                    + " not_minority, not_majority, all: only these",
            fallback = "balanced")
        Target target,
    @Key(
            doc =
                "Rows of a small class for each row of a large one, as a number in imbalanced-learn's"
                    + " sampling_strategy: classes grow to ratio x the largest, or shrink to the"
                    + " smallest / ratio, so that 0.5 leaves at most two to one. 0: as target says",
            fallback = "0",
            min = 0,
            max = 1)
        double ratio,
    @Key(doc = "Rows that each named class shall have; other classes stay as they are")
        Map<String, Integer> counts,
    @Key(doc = "Classes from which cleaning methods remove rows; default: as target says")
        List<String> removeFrom,
    @Key(
            doc =
                "Nearest neighbours that a method looks at. 0: 5 to make rows (kmeans_smote 2), 3 to"
                    + " remove them. With smote_enn: those of smote; enn takes 3",
            fallback = "0",
            min = 0,
            max = 1000)
        int neighbours,
    @Key(
            doc =
                "With borderline_smote: neighbours of any class that tell whether a row is at the"
                    + " border",
            fallback = "10",
            min = 1,
            max = 1000)
        int borderNeighbours,
    @Key(
            doc =
                "With enn, repeated_enn, all_knn, smote_enn: a row stays if all its neighbours, or most"
                    + " of them, are of its class",
            fallback = "all")
        Agreement agreement,
    @Key(
            doc = "With kmeans_smote: clusters of the training rows",
            fallback = "8",
            min = 1,
            max = 10_000)
        int clusters,
    @Key(
            doc =
                "With random_over: how far copies scatter about their row (smoothed bootstrap), 1 being"
                    + " the width that suits normal data. 0: plain copies",
            fallback = "0",
            min = 0,
            max = 1000)
        double smoothing,
    @Key(
            doc =
                "Where a class has too few rows for the neighbours asked for: fewer_neighbours:"
                    + " takes those there are, and copies a lone row; duplicate: copies rows; skip:"
                    + " leaves the class as it is; refuse: ends the trial",
            fallback = "fewer_neighbours")
        SmallClasses smallClasses,
    @Key(doc = "Seed of resampling", fallback = "7") long seed,
    @Key(doc = "Made-up training rows: altered texts and mixtures of feature vectors")
        AugmentationConfig augmentation)
    implements Serializable {

  /** Rules for class weights. */
  public enum Weights {
    NONE,
    BALANCED,
    EFFECTIVE_NUMBER
  }

  /** Whether some class's rows may count for more than another's. */
  public boolean weighsClasses() {
    return weights != Weights.NONE
        || classWeights.values().stream().anyMatch(weight -> weight.doubleValue() != 1);
  }

  /** What a resampling method does to the number of rows. */
  public enum Family {
    NONE,
    OVER,
    UNDER,
    CLEANING,
    COMBINED
  }

  /** Resampling methods. */
  public enum Method {
    NONE(Family.NONE),
    RANDOM_OVER(Family.OVER),
    SMOTE(Family.OVER),
    SMOTE_NC(Family.OVER),
    SMOTEN(Family.OVER),
    BORDERLINE_SMOTE_1(Family.OVER),
    BORDERLINE_SMOTE_2(Family.OVER),
    ADASYN(Family.OVER),
    KMEANS_SMOTE(Family.OVER),
    RANDOM_UNDER(Family.UNDER),
    NEAR_MISS_1(Family.UNDER),
    NEAR_MISS_2(Family.UNDER),
    NEAR_MISS_3(Family.UNDER),
    CLUSTER_CENTROIDS(Family.UNDER),
    INSTANCE_HARDNESS(Family.UNDER),
    TOMEK(Family.CLEANING),
    ENN(Family.CLEANING),
    REPEATED_ENN(Family.CLEANING),
    ALL_KNN(Family.CLEANING),
    CONDENSED(Family.CLEANING),
    ONE_SIDED(Family.CLEANING),
    NEIGHBOURHOOD_CLEANING(Family.CLEANING),
    SMOTE_TOMEK(Family.COMBINED),
    SMOTE_ENN(Family.COMBINED);

    private final Family family;

    Method(Family family) {
      this.family = family;
    }

    /** What it does to the number of rows. */
    public Family family() {
      return family;
    }

    /** Whether it makes rows. */
    public boolean makesRows() {
      return family == Family.OVER || family == Family.COMBINED;
    }

    /** As it is written in a configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Classes that resampling concerns. */
  public enum Target {
    BALANCED,
    MINORITY,
    MAJORITY,
    NOT_MINORITY,
    NOT_MAJORITY,
    ALL
  }

  /** How many neighbours have to be of a row's class for it to stay. */
  public enum Agreement {
    ALL,
    MODE
  }

  /** What becomes of classes with too few rows for the neighbours asked for. */
  public enum SmallClasses {
    FEWER_NEIGHBOURS,
    DUPLICATE,
    SKIP,
    REFUSE
  }

  public SamplingConfig {
    checkWeights(weights, classWeights);
    checkTarget(method, target);
    checkAmounts(method, target, ratio, counts);
    if (!removeFrom.isEmpty() && method.family() != Family.CLEANING) {
      throw new IllegalArgumentException(
          "remove_from goes with cleaning methods such as tomek and enn, not with method: "
              + method.word());
    }
  }

  /** Class weights alone, without resampling. */
  public static SamplingConfig weighted(
      Weights weights, Map<String, Double> classWeights, double beta) {
    return new SamplingConfig(
        weights,
        classWeights,
        beta,
        Method.NONE,
        Target.BALANCED,
        0,
        Map.of(),
        List.of(),
        0,
        10,
        Agreement.ALL,
        8,
        0,
        SmallClasses.FEWER_NEIGHBOURS,
        7,
        AugmentationConfig.OFF);
  }

  /** The same without class weights: what becomes of the rows themselves. */
  public SamplingConfig unweighted() {
    return new SamplingConfig(
        Weights.NONE,
        Map.of(),
        0.999,
        method,
        target,
        ratio,
        counts,
        removeFrom,
        neighbours,
        borderNeighbours,
        agreement,
        clusters,
        smoothing,
        smallClasses,
        seed,
        augmentation);
  }

  private static void checkWeights(Weights weights, Map<String, Double> classWeights) {
    if (weights != Weights.NONE && !classWeights.isEmpty()) {
      throw new IllegalArgumentException(
          "class_weights cannot be combined with weights: %s; remove one of them"
              .formatted(weights.name().toLowerCase(Locale.ROOT)));
    }
    classWeights.forEach(
        (label, weight) -> {
          if (!(weight > 0) || weight.isInfinite()) {
            throw new IllegalArgumentException(
                "class_weights." + label + " must be a positive number, not " + weight);
          }
        });
  }

  private static void checkTarget(Method method, Target target) {
    if (target == Target.MAJORITY && method.makesRows()) {
      throw new IllegalArgumentException(
          "target: majority cannot go with method: %s, which makes rows; choose minority, not_majority or all"
              .formatted(method.word()));
    }
    if (target == Target.MINORITY
        && (method.family() == Family.UNDER || method.family() == Family.CLEANING)) {
      throw new IllegalArgumentException(
          "target: minority cannot go with method: %s, which removes rows; choose majority, not_minority or all"
              .formatted(method.word()));
    }
  }

  private static void checkAmounts(
      Method method, Target target, double ratio, Map<String, Integer> counts) {
    counts.forEach(
        (label, count) -> {
          if (count < 0) {
            throw new IllegalArgumentException(
                "counts." + label + " must be at least 0, not " + count);
          }
        });
    boolean amounts = ratio > 0 || !counts.isEmpty();
    if (amounts && method.family() == Family.CLEANING) {
      throw new IllegalArgumentException(
          "ratio and counts cannot go with method: %s, which removes what it finds; choose classes with target or remove_from"
              .formatted(method.word()));
    }
    if (ratio > 0 && !counts.isEmpty()) {
      throw new IllegalArgumentException(
          "ratio cannot be combined with counts; remove one of them");
    }
    if (amounts && target != Target.BALANCED) {
      throw new IllegalArgumentException(
          "target: %s cannot be combined with ratio or counts; remove one of them"
              .formatted(target.name().toLowerCase(Locale.ROOT)));
    }
  }
}
