package dev.lakewright.features;

/** Numbers rows of equal keys, which come one after another. */
final class Occurrences {

  private long last;
  private int occurrence = -1;

  /** How many rows with this key came before. */
  int next(long key) {
    occurrence = occurrence >= 0 && key == last ? occurrence + 1 : 0;
    last = key;
    return occurrence;
  }
}
