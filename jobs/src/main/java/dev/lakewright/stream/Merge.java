package dev.lakewright.stream;

import java.util.List;

/** Goes through the rows of several parts in the order of all. */
final class Merge {

  /** Takes a row. */
  interface Visitor {
    void visit(WeighedPart part, int row);
  }

  private Merge() {}

  static void forEach(List<WeighedPart> parts, Visitor visitor) {
    WeighedPart[] open = parts.toArray(WeighedPart[]::new);
    int[] next = new int[open.length];
    for (int first = first(open, next); first >= 0; first = first(open, next)) {
      visitor.visit(open[first], next[first]);
      next[first]++;
    }
  }

  private static int first(WeighedPart[] parts, int[] next) {
    int first = -1;
    for (int i = 0; i < parts.length; i++) {
      boolean has = next[i] < parts[i].rows();
      if (has && (first < 0 || parts[i].precedes(next[i], parts[first], next[first]))) {
        first = i;
      }
    }
    return first;
  }
}
