package dev.lakewright.augmentation;

import dev.lakewright.config.Folds;
import java.io.Serializable;

/**
 * Which copies a training without some fold takes. Every row of a class has the same number of
 * copies, and those with the smallest draws one more, so that the class's quota is met to the row.
 * A copy never trains where its row does not.
 */
public final class CopySelection implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Folds folds;
  private final int[][] whole;
  private final long[][] cuts;

  /**
   * @param whole copies that every row has, per training and class; training 0 has all rows,
   *     training f + 1 those that train where fold f is held out
   * @param cuts rows with a draw below have one copy more
   */
  CopySelection(Folds folds, int[][] whole, long[][] cuts) {
    this.folds = folds;
    this.whole = whole;
    this.cuts = cuts;
  }

  /**
   * Whether a training takes a copy.
   *
   * @param without fold that is held out; -1: none
   * @param part of the row
   * @param label class index of the row
   * @param draw of the row
   * @param copy from 1
   */
  public boolean takes(int without, int part, int label, long draw, int copy) {
    return folds.train(part, without) && copies(without + 1, label, draw) >= copy;
  }

  /** The most copies of a row that any training takes. */
  public int most(int part, int label, long draw) {
    int most = 0;
    for (int training = 0; training < whole.length; training++) {
      if (folds.train(part, training - 1)) {
        most = Math.max(most, copies(training, label, draw));
      }
    }
    return most;
  }

  private int copies(int training, int label, long draw) {
    return whole[training][label] + (draw < cuts[training][label] ? 1 : 0);
  }
}
