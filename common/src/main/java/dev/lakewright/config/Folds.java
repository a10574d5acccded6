package dev.lakewright.config;

import java.io.Serializable;

/**
 * Which rows train where a fold is held out. A row belongs to a part: to the fold that validates
 * it, or, with {@code forward}, to the part {@code count}, the oldest rows, which only train.
 *
 * @param count of folds
 * @param forward folds follow each other in time, and only earlier rows train; else all others do
 */
public record Folds(int count, boolean forward) implements Serializable {

  /** As the settings say. */
  public static Folds of(TuneConfig tune) {
    return new Folds(tune.folds(), tune.by() == TuneConfig.By.TIME);
  }

  /** Number of parts that rows belong to; the first {@link #count} are the folds. */
  public int parts() {
    return forward ? count + 1 : count;
  }

  /**
   * Whether the rows of a part train.
   *
   * @param without the fold that is held out; -1: none is, and all rows train
   */
  public boolean train(int part, int without) {
    if (without < 0) {
      return true;
    }
    return forward ? part < without || part == count : part != without;
  }
}
