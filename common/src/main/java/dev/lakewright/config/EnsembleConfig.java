package dev.lakewright.config;

import java.io.Serializable;

/** Ensembles whose members see about as many rows of every class. */
public record EnsembleConfig(
    @Key(
            doc =
                "none: one model; balanced_bagging: the mean of members trained on balanced subsets;"
                    + " easy_ensemble: boosting on each of several balanced subsets; rus_boost:"
                    + " boosting whose every round trains on another balanced subset",
            fallback = "none")
        Type type,
    @Key(
            doc =
                "Members of balanced_bagging, subsets of easy_ensemble, or most rounds of rus_boost",
            fallback = "10",
            min = 1,
            max = 1000)
        int members,
    @Key(
            doc = "With type easy_ensemble: most rounds of boosting on each subset",
            fallback = "10",
            min = 1,
            max = 1000)
        int rounds,
    @Key(
            doc =
                "Most rows of a class in a subset, as a multiple of the rows of the smallest class;"
                    + " 1: as many of each",
            fallback = "1",
            min = 1,
            max = 1000)
        double ratio,
    @Key(
            doc =
                "What is drawn with replacement. none: nothing, every row of the smallest class is in"
                    + " every subset; others: rows of the other classes; all: those of the smallest"
                    + " class too, a bootstrap; auto: all for balanced_bagging, none for the others",
            fallback = "auto")
        Replacement replacement,
    @Key(
            doc =
                "What boosted members vote with. decisions: their labels, as AdaBoost; probabilities:"
                    + " theirs, which rank rows more finely, and want a weak penalty",
            fallback = "decisions")
        Vote vote,
    @Key(doc = "Seed of the subsets", fallback = "7") long seed)
    implements Serializable {

  /** Kinds of ensembles. */
  public enum Type {
    NONE,
    BALANCED_BAGGING,
    EASY_ENSEMBLE,
    RUS_BOOST
  }

  /** Which classes' rows may be drawn more than once. */
  public enum Replacement {
    AUTO,
    NONE,
    OTHERS,
    ALL
  }

  /** What boosted members vote with. */
  public enum Vote {
    DECISIONS,
    PROBABILITIES
  }

  /** Whether there is more than one model. */
  public boolean present() {
    return type != Type.NONE;
  }

  /**
   * What is drawn with replacement, never {@code AUTO}. Members of balanced bagging differ in the
   * rows of every class then; boosting differs by its weights.
   */
  public Replacement drawing() {
    if (replacement != Replacement.AUTO) {
      return replacement;
    }
    return type == Type.BALANCED_BAGGING ? Replacement.ALL : Replacement.NONE;
  }

  /** Models trained, at most. */
  public int models() {
    return switch (type) {
      case NONE -> 1;
      case BALANCED_BAGGING, RUS_BOOST -> members;
      case EASY_ENSEMBLE -> Math.multiplyExact(members, rounds);
    };
  }
}
