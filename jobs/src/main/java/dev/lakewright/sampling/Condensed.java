package dev.lakewright.sampling;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Condensed nearest neighbours (Hart, 1968): of each class to clean a row drawn at random stays,
 * and those that the nearest row among the smallest class and the ones that stay would put wrongly;
 * rows are gone through until none is added.
 */
record Condensed() implements Cleaning {

  @Override
  public int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws) {
    return IntStream.of(rows.present())
        .flatMap(
            label ->
                cleaned[label]
                    ? IntStream.of(store(rows, label, draws))
                    : IntStream.of(rows.of(label)))
        .sorted()
        .toArray();
  }

  private static int[] store(RowsByClass rows, int label, Draws draws) {
    if (label == rows.smallest()) {
      return rows.of(label);
    }
    Rivalry rivalry = Rivalry.between(rows, label, draws);
    boolean[] stored = new boolean[rows.count(label)];
    stored[rivalry.seed()] = true;
    boolean added = true;
    while (added) {
      added = false;
      for (int place = 0; place < stored.length; place++) {
        if (!stored[place] && rivalry.isLost(place)) {
          rivalry.reinforce(place);
          stored[place] = true;
          added = true;
        }
      }
    }
    return Arrays.stream(Kept.rows(stored)).map(place -> rows.of(label)[place]).toArray();
  }
}
