package dev.lakewright.metrics;

import java.util.ArrayList;
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
  static List<Cut> cuts(RankedRows ranked) {
    long positives = IntStream.range(0, ranked.size()).filter(ranked::isPositive).count();
    long negatives = ranked.size() - positives;
    if (positives == 0 || negatives == 0) {
      return List.of();
    }
    List<Cut> cuts = new ArrayList<>();
    cuts.add(new Cut(0, 0, 1));
    long hits = 0;
    for (int at = 0; at < ranked.size(); at++) {
      hits += ranked.isPositive(at) ? 1 : 0;
      if (ranked.isLastOfEqual(at)) {
        double taken = at + 1.0;
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
