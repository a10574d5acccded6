package dev.lakewright.neighbours;

/**
 * Rows as columns of a small matrix that stays in the processor's cache, to be compared with four
 * rows at a time. Distances come from {@code |a − b|² = |a|² + |b|² − 2ab}, in single precision.
 */
final class Tile {

  private static final int FLOATS = 1 << 15;
  private static final int LEAST_WIDTH = Kernel.RUN;
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
    return Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, FLOATS / Math.max(1, columns) & -Kernel.RUN));
  }

  /** Kernels take columns in pairs; the odd one's partner is 0 in all rows. */
  static int evenColumns(int columns) {
    return columns + (columns & 1);
  }

  int count() {
    return count;
  }

  /** Column × row of the tile. */
  float[][] coordinates() {
    return coordinates;
  }

  /** Half of the rows' squared lengths. */
  float[] halves() {
    return halves;
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
   * Rows in a frame, to be compared with tiles, four by four; missing ones are as far as can be.
   */
  static final class Group {

    private final Frame frame;
    private final int stride;
    private final float[] values;
    private final float[] halves;

    /** Room for so many rows, rounded up to whole groups. */
    Group(Frame frame, int room) {
      this.frame = frame;
      this.stride = evenColumns(frame.center().length);
      int whole = (room + Kernel.GROUP - 1) / Kernel.GROUP * Kernel.GROUP;
      this.values = new float[whole * stride];
      this.halves = new float[whole];
    }

    /** Of even length each, one after the other. */
    float[] values() {
      return values;
    }

    /** Half of the rows' squared lengths. */
    float[] halves() {
      return halves;
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
      for (int i = count; i % Kernel.GROUP != 0; i++) {
        halves[i] = Float.MAX_VALUE;
      }
    }
  }
}
