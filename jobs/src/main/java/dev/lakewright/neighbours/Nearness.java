package dev.lakewright.neighbours;

import java.util.Arrays;

/**
 * What a comparison of four rows with a tile tells: minus half of the squared distances, and which
 * of them are so large that one of the two rows may want the other.
 */
final class Nearness {

  private final float[][] values;
  private final float[] rowLimits = new float[Kernel.GROUP];
  private final float[] tileLimits;
  private final float[] scratch;
  private final long[] near;

  /** Of tiles of this width; at first every value is wanted. */
  Nearness(int width) {
    this.values = new float[Kernel.GROUP][width];
    this.tileLimits = new float[width];
    this.scratch = new float[width];
    this.near = new long[width / Kernel.RUN];
    Arrays.fill(rowLimits, Float.NEGATIVE_INFINITY);
    Arrays.fill(tileLimits, Float.NEGATIVE_INFINITY);
  }

  /** Per row and row of the tile: minus half the squared distance. */
  float[][] values() {
    return values;
  }

  /** The least value that each of the four rows wants. */
  float[] rowLimits() {
    return rowLimits;
  }

  /** The least value that each row of the tile wants. */
  float[] tileLimits() {
    return tileLimits;
  }

  /** Per run of the tile a bit for each of its rows: one of the four values is wanted. */
  long[] near() {
    return near;
  }

  /** Room for a kernel's own use: one number per row of the tile. */
  float[] scratch() {
    return scratch;
  }

  /** Sets the values of a comparison, but for the rows' products. */
  void begin(Tile.Group rows, int first, Tile tile) {
    for (int i = 0; i < Kernel.GROUP; i++) {
      begin(values[i], rows.halves()[first + i], tile.halves(), tile.count());
    }
  }

  private static void begin(float[] out, float half, float[] halves, int count) {
    for (int j = 0; j < count; j++) {
      out[j] = -half - halves[j];
    }
  }
}
