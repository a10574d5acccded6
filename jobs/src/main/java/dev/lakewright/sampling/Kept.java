package dev.lakewright.sampling;

import java.util.stream.IntStream;

/** Flags of rows as row numbers. */
final class Kept {

  private Kept() {}

  /** Numbers of the rows with a flag, ascending. */
  static int[] rows(boolean[] flags) {
    return IntStream.range(0, flags.length).filter(row -> flags[row]).toArray();
  }
}
