package dev.lakewright.neighbours;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Brings rows to whole numbers of 16 bits, whose products processors add twice as fast as floats.
 *
 * @param center per column
 * @param scale steps of the grid per unit
 */
@SuppressWarnings("ArrayRecordComponent")
record Grid(float[] center, double scale) {

  private static final int SAMPLE = 4096;

  /** The share of all pairs whose distance the grid holds: others look near, and are looked at. */
  private static final double HELD = 0.999;

  /** The share of rows that look no farther than the grid tells. */
  private static final double WITHIN = 0.9995;

  /** Half of the squared distance, in steps, that 16 bits tell apart from nearer ones. */
  private static final double MOST_HALF = 1 << (Short.SIZE - 1);

  /** What remains for roundings of a row that looks as far as can be. */
  private static final double ROOM = 0.9;

  /**
   * A grid as fine as it may be, where half the squared distances of most pairs of rows exceed
   * those within which neighbours lie by no more than 16 bits tell apart, and these are no more
   * themselves.
   */
  static Grid of(Frame frame, Region a, Region b) {
    double[] squares =
        IntStream.range(0, SAMPLE)
            .mapToDouble(i -> a.rows().square(place(i, a), b.rows(), place(~i & SAMPLE - 1, b)))
            .sorted()
            .toArray();
    double[] bounds =
        Arrays.stream(new Region[] {a, b})
            .flatMapToDouble(region -> Arrays.stream(region.bounds()))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    if (bounds.length == 0) {
      return new Grid(frame.center(), 1);
    }
    double held = squares[(int) (HELD * SAMPLE)];
    double far = held - bounds[bounds.length / 2];
    double near = bounds[(int) (WITHIN * (bounds.length - 1))] / ROOM;
    return new Grid(
        frame.center(), Math.sqrt(2 * MOST_HALF / Math.max(near, Math.max(far, held / 2))));
  }

  private static int place(int i, Region region) {
    return (int) ((long) i * region.rows().rows() / SAMPLE);
  }

  /** Where a value lies, rounded; too far ones at the ends. */
  short place(float value, int column) {
    double at = Math.rint((value - (double) center[column]) * scale);
    return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, at));
  }

  /** How far a row lies from its place on the grid, in steps. */
  double error(float[] values, int at, short[] placed) {
    double sum = 0;
    for (int c = 0; c < center.length; c++) {
      double gap = (values[at + c] - (double) center[c]) * scale - placed[c];
      sum += gap * gap;
    }
    return Math.sqrt(sum);
  }

  /** The middle one of some bounds. */
  static double median(double[] bounds, int from, int to) {
    double[] sorted = Arrays.copyOfRange(bounds, from, to);
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
