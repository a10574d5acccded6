package dev.lakewright.neighbours;

/**
 * Rows as columns of a small matrix that stays in the processor's cache, to be compared with four
 * rows at a time. Distances come from {@code |a − b|² = |a|² + |b|² − 2ab}, in single precision.
 *
 * <p>The loops are of the form that the compiler turns into vector instructions; every sum is of
 * fused multiply-adds by column, so that a distance depends on nothing but the two rows.
 */
final class Tile {

  /** Rows that are compared with a tile at once. */
  static final int GROUP = 4;

  private static final int FLOATS = 1 << 15;
  private static final int LEAST_WIDTH = 64;
  private static final int MOST_WIDTH = 512;

  private final Frame frame;
  private final float[][] coordinates;
  private final float[] halves;
  private int count;

  /** An empty tile for rows in this frame. */
  Tile(Frame frame) {
    int columns = frame.center().length;
    this.frame = frame;
    this.coordinates = new float[evenColumns(columns)][width(columns)];
    this.halves = new float[width(columns)];
  }

  /** Rows that a tile holds. */
  static int width(int columns) {
    return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, FLOATS / Math.max(1, columns) & -16));
  }

  /** Columns are taken in pairs; the odd one's partner is 0 in all rows. */
  static int evenColumns(int columns) {
    return columns + (columns & 1);
  }

  int count() {
    return count;
  }

  /**
   * Refills the tile.
   *
   * @param share of the squared lengths that counts, see {@link DenseJoin}
   */
  void fill(DenseRows rows, int[] positions, int from, int newCount, double share) {
    count = newCount;
    int columns = rows.columns();
    for (int j = 0; j < count; j++) {
      int at = positions[from + j] * columns;
      double norm = 0;
      for (int c = 0; c < columns; c++) {
        float value = frame.place(rows.values()[at + c], c);
        coordinates[c][j] = value;
        norm += (double) value * value;
      }
      halves[j] = (float) (norm * share / 2);
    }
  }

  /**
   * Compares four rows with the tile.
   *
   * @param out per row: minus half of the squared distance to each row of the tile
   */
  void compare(Group rows, int first, float[][] out) {
    for (int i = 0; i < GROUP; i++) {
      begin(out[i], halves, rows.half(first + i), count);
    }
    float[] a = rows.values();
    int stride = coordinates.length;
    int at = first * stride;
    for (int c = 0; c < stride; c += 2) {
      int i0 = at + c;
      int i1 = i0 + stride;
      int i2 = i1 + stride;
      int i3 = i2 + stride;
      multiply(
          out[0],
          out[1],
          out[2],
          out[3],
          coordinates[c],
          coordinates[c + 1],
          a[i0],
          a[i0 + 1],
          a[i1],
          a[i1 + 1],
          a[i2],
          a[i2 + 1],
          a[i3],
          a[i3 + 1],
          count);
    }
  }

  private static void begin(float[] out, float[] halves, float half, int count) {
    for (int j = 0; j < count; j++) {
      out[j] = -half - halves[j];
    }
  }

  /** Two columns of four rows; more of either keeps the compiler from using vectors. */
  private static void multiply(
      float[] out0,
      float[] out1,
      float[] out2,
      float[] out3,
      float[] b0,
      float[] b1,
      float a00,
      float a01,
      float a10,
      float a11,
      float a20,
      float a21,
      float a30,
      float a31,
      int count) {
    for (int j = 0; j < count; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      out0[j] = Math.fma(a01, x1, Math.fma(a00, x0, out0[j]));
      out1[j] = Math.fma(a11, x1, Math.fma(a10, x0, out1[j]));
      out2[j] = Math.fma(a21, x1, Math.fma(a20, x0, out2[j]));
      out3[j] = Math.fma(a31, x1, Math.fma(a30, x0, out3[j]));
    }
  }

  /** Rows in a frame, to be compared with tiles, four by four; missing ones are infinitely far. */
  static final class Group {

    private final Frame frame;
    private final int stride;
    private final float[] values;
    private final float[] halves;

    /** Room for so many rows, rounded up to whole groups. */
    Group(Frame frame, int room) {
      this.frame = frame;
      this.stride = evenColumns(frame.center().length);
      int whole = (room + GROUP - 1) / GROUP * GROUP;
      this.values = new float[whole * stride];
      this.halves = new float[whole];
    }

    float[] values() {
      return values;
    }

    float half(int row) {
      return halves[row];
    }

    /** Refills the group, see {@link Tile#fill}. */
    void fill(DenseRows rows, int[] positions, int from, int count, double share) {
      int columns = rows.columns();
      for (int i = 0; i < count; i++) {
        int at = positions[from + i] * columns;
        double norm = 0;
        for (int c = 0; c < columns; c++) {
          float value = frame.place(rows.values()[at + c], c);
          values[i * stride + c] = value;
          norm += (double) value * value;
        }
        halves[i] = (float) (norm * share / 2);
      }
      for (int i = count; i % GROUP != 0; i++) {
        halves[i] = Float.POSITIVE_INFINITY;
      }
    }
  }
}
