package dev.lakewright.sampling;

import java.util.stream.IntStream;

/**
 * One-sided selection (Kubat and Matwin, 1997): of each class to clean a row drawn at random stays,
 * and those that are nearer to the smallest class than to it; then Tomek links are removed.
 */
record OneSided() implements Cleaning {

  @Override
  public int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws) {
    int[] selected =
        IntStream.of(rows.present())
            .flatMap(
                label ->
                    cleaned[label] && label != rows.smallest()
                        ? selected(rows, label, draws)
                        : IntStream.of(rows.of(label)))
            .sorted()
            .toArray();
    return TomekLinks.keep(rows, selected, cleaned);
  }

  private static IntStream selected(RowsByClass rows, int label, Draws draws) {
    Rivalry rivalry = Rivalry.between(rows, label, draws);
    return IntStream.range(0, rows.count(label))
        .filter(place -> place == rivalry.seed() || rivalry.isLost(place))
        .map(place -> rows.of(label)[place]);
  }
}
