package dev.lakewright.model;

/**
 * Sums counts by id, and gives them back by ascending id without sorting: a dense table, with two
 * levels of bits that mark what was touched. Time is linear in the terms added.
 */
final class TermCounts {

  private final int[] sums;

  /** Bit {@code id & 63} of word {@code id >> 6}: the id was touched. */
  private final long[] touched;

  /** Bit {@code w & 63} of word {@code w >> 6}: word {@code w} of {@link #touched} is not 0. */
  private final long[] touchedWords;

  /**
   * @param size ids are below this
   */
  TermCounts(int size) {
    sums = new int[size];
    touched = new long[(size >> 6) + 1];
    touchedWords = new long[(touched.length >> 6) + 1];
  }

  void add(int id, int count) {
    sums[id] += count;
    int word = id >> 6;
    touched[word] |= 1L << id;
    touchedWords[word >> 6] |= 1L << word;
  }

  /** Moves all sums but zeros into {@code out}, and is empty again. */
  void drainTo(FeatureCounts out) {
    for (int top = 0; top < touchedWords.length; top++) {
      for (long words = touchedWords[top]; words != 0; words &= words - 1) {
        drainWord(top << 6 | Long.numberOfTrailingZeros(words), out);
      }
      touchedWords[top] = 0;
    }
  }

  private void drainWord(int word, FeatureCounts out) {
    for (long bits = touched[word]; bits != 0; bits &= bits - 1) {
      int id = word << 6 | Long.numberOfTrailingZeros(bits);
      if (sums[id] != 0) {
        out.add(id, sums[id]);
      }
      sums[id] = 0;
    }
    touched[word] = 0;
  }
}
