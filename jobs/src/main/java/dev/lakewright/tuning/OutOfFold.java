package dev.lakewright.tuning;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Out-of-fold scores of one trial, all folds together, fold after fold, by keys within a fold.
 *
 * @param folds that each row belongs to, ascending
 * @param labels class indices
 * @param margins {@code rows × classes}, row-major
 */
@SuppressWarnings("ArrayRecordComponent")
public record OutOfFold(int[] folds, int[] labels, double[] weights, double[] margins) {

  static OutOfFold of(List<FoldScores> scores, int classes) {
    List<FoldScores> folds =
        scores.stream().sorted(Comparator.comparingInt(FoldScores::fold)).toList();
    int rows = folds.stream().mapToInt(fold -> fold.labels().length).sum();
    int[] places = new int[rows];
    int[] labels = new int[rows];
    double[] weights = new double[rows];
    double[] margins = new double[rows * classes];
    int at = 0;
    for (FoldScores fold : folds) {
      for (int i = 0; i < fold.labels().length; i++) {
        places[at] = fold.fold();
        labels[at] = fold.labels()[i];
        weights[at] = fold.weights()[i];
        System.arraycopy(fold.margins(), i * classes, margins, at * classes, classes);
        at++;
      }
    }
    return new OutOfFold(places, labels, weights, margins);
  }

  /** Number of rows. */
  public int rows() {
    return labels.length;
  }

  /** The rows of some folds, in their order. */
  public OutOfFold where(IntPredicate fold) {
    int classes = labels.length == 0 ? 0 : margins.length / labels.length;
    int[] chosen = IntStream.range(0, rows()).filter(row -> fold.test(folds[row])).toArray();
    OutOfFold part =
        new OutOfFold(
            new int[chosen.length],
            new int[chosen.length],
            new double[chosen.length],
            new double[chosen.length * classes]);
    for (int i = 0; i < chosen.length; i++) {
      part.folds[i] = folds[chosen[i]];
      part.labels[i] = labels[chosen[i]];
      part.weights[i] = weights[chosen[i]];
      System.arraycopy(margins, chosen[i] * classes, part.margins, i * classes, classes);
    }
    return part;
  }
}
