package dev.lakewright.metrics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Curves of one class against the rest. */
final class Curves {

  /** Points kept of a curve: enough for any screen. */
  private static final int MOST_POINTS = 200;

  private Curves() {}

  /** One point of a curve. */
  record Cut(double falsePositiveRate, double recall, double precision) {}

  /** Every place where the score changes, from the highest score on, thinned. */
  static List<Cut> cuts(ScoredRows rows, int label) {
    int[] order =
        IntStream.range(0, rows.rows())
            .filter(row -> rows.labels()[row] >= 0)
            .boxed()
            .sorted(Comparator.comparingDouble(row -> -rows.probability(row, label)))
            .mapToInt(Integer::intValue)
            .toArray();
    long positives = IntStream.of(order).filter(row -> rows.labels()[row] == label).count();
    long negatives = order.length - positives;
    if (positives == 0 || negatives == 0) {
      return List.of();
    }
    List<Cut> cuts = new ArrayList<>();
    cuts.add(new Cut(0, 0, 1));
    long hits = 0;
    for (int rank = 0; rank < order.length; rank++) {
      hits += rows.labels()[order[rank]] == label ? 1 : 0;
      boolean last = rank + 1 == order.length;
      if (last
          || rows.probability(order[rank], label) != rows.probability(order[rank + 1], label)) {
        double taken = rank + 1.0;
        cuts.add(new Cut((taken - hits) / negatives, (double) hits / positives, hits / taken));
      }
    }
    return thinned(cuts);
  }

  private static List<Cut> thinned(List<Cut> cuts) {
    if (cuts.size() <= MOST_POINTS) {
      return cuts;
    }
    List<Cut> kept = new ArrayList<>();
    Cut last = null;
    double step = 1.5 / MOST_POINTS;
    for (Cut cut : cuts) {
      if (last == null
          || Math.abs(cut.recall() - last.recall()) >= step
          || Math.abs(cut.falsePositiveRate() - last.falsePositiveRate()) >= step
          || (Math.abs(cut.precision() - last.precision()) >= step && kept.size() < MOST_POINTS)) {
        kept.add(cut);
        last = cut;
      }
    }
    kept.add(cuts.get(cuts.size() - 1));
    return kept;
  }
}
