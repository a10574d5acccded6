package dev.lakewright.neighbours;

import java.util.Arrays;

/** Loops of the form that the compiler turns into vector instructions. */
final class PlainCoarseKernel implements CoarseKernel {

  @Override
  public void compare(int[] rows, CoarseMeeting meeting, CoarseTile tile, int count) {
    int[][] coordinates = tile.coordinates();
    for (int i = 0; i < Kernel.GROUP; i++) {
      int[] out = meeting.products()[i];
      Arrays.fill(out, 0, count, 0);
      int at = meeting.starts()[i];
      for (int c = 0; c < coordinates.length; c++) {
        int pair = rows[at + c];
        add(out, coordinates[c], (short) pair, pair >> Short.SIZE, count);
      }
    }
    for (int run = 0; run < count; run += Kernel.RUN) {
      meeting.near()[run / Kernel.RUN] =
          near(meeting, tile, run, Math.min(count, run + Kernel.RUN));
    }
  }

  /** Of the sums only the upper half matters, into which products are moved. */
  private static void add(int[] out, int[] pairs, int lower, int upper, int count) {
    int moved = lower << Short.SIZE;
    for (int j = 0; j < count; j++) {
      out[j] += pairs[j] * moved + (pairs[j] >> Short.SIZE) * upper * (1 << Short.SIZE);
    }
  }

  private static long near(CoarseMeeting meeting, CoarseTile tile, int from, int to) {
    long near = 0;
    for (int i = 0; i < Kernel.GROUP; i++) {
      for (int j = from; j < to; j++) {
        if (meeting.near(i, tile, j)) {
          near |= 1L << (j - from);
        }
      }
    }
    return near;
  }
}
