package dev.lakewright.tuning;

import java.util.Comparator;
import java.util.List;

/**
 * Out-of-fold scores of one trial, all folds together, fold after fold, by keys within a fold.
 *
 * @param labels class indices
 * @param margins {@code rows × classes}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutOfFold(int[] labels, double[] weights, double[] margins) {

  static OutOfFold of(List<FoldScores> scores, int classes) {
    List<FoldScores> folds =
        scores.stream().sorted(Comparator.comparingInt(FoldScores::fold)).toList();
    int rows = folds.stream().mapToInt(fold -> fold.labels().length).sum();
    int[] labels = new int[rows];
    double[] weights = new double[rows];
    double[] margins = new double[rows * classes];
    int at = 0;
    for (FoldScores fold : folds) {
      for (int i = 0; i < fold.labels().length; i++) {
        labels[at] = fold.labels()[i];
        weights[at] = fold.weights()[i];
        System.arraycopy(fold.margins(), i * classes, margins, at * classes, classes);
        at++;
      }
    }
    return new OutOfFold(labels, weights, margins);
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }
}
