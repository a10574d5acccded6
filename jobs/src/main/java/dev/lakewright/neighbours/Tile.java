package dev.lakewright.neighbours;

/**
 * Rows as columns of a small matrix that stays in the processor's cache, to be compared with four
 * rows at a time. Distances come from {@code |a − b|² = |a|² + |b|² − 2ab}, in single precision.
 */
final class Tile {

  private static final int FLOATS = 1 << 15;
  private static final int LEAST_WIDTH = Kernel.RUN;
  private static final int MOST_WIDTH = 512;

  /** Rows that are filled in together: the nearest cache holds them. */
  private static final int ROWS_AT_ONCE = 32;

  private final Frame frame;
  private final float[][] coordinates;
  private final float[] halves;
  private final int[] starts;
  private int count;

  /** An empty tile for rows in this frame. */
  Tile(Frame frame) {
    int columns = frame.center().length;
    this.frame = frame;
    this.coordinates = new float[evenColumns(columns)][width(columns)];
    this.halves = new float[width(columns)];
    this.starts = new int[width(columns)];
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

  /** Leaves the first so many rows, which may be more than before, but not than were filled in. */
  void shorten(int newCount) {
    count = newCount;
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
   * @param rowHalves of all rows, see {@link #halves(Frame, DenseRows, double)}
   */
  void fill(DenseRows rows, float[] rowHalves, int[] positions, int from, int newCount) {
    count = newCount;
    int columns = rows.columns();
    for (int j = 0; j < count; j++) {
      halves[j] = rowHalves[positions[from + j]];
      starts[j] = positions[from + j] * columns;
    }
    for (int begin = 0; begin < count; begin += ROWS_AT_ONCE) {
      int end = Math.min(count, begin + ROWS_AT_ONCE);
      for (int c = 0; c < columns; c++) {
        fill(rows.values(), c, coordinates[c], begin, end);
      }
    }
  }

  private void fill(float[] values, int column, float[] out, int begin, int end) {
    float center = frame.center()[column];
    float factor = frame.factor();
    int[] at = starts;
    for (int j = begin; j < end; j++) {
      out[j] = (values[at[j] + column] - center) * factor;
    }
  }

  /**
   * Half of the squared lengths of rows in a frame.
   *
   * @param share of the squared lengths that counts, see {@link DenseJoin}
   */
  static float[] halves(Frame frame, DenseRows rows, double share) {
    int columns = rows.columns();
    float[] halves = new float[rows.rows()];
    for (int row = 0; row < halves.length; row++) {
      double norm = 0;
      for (int c = 0; c < columns; c++) {
        float value = frame.place(rows.values()[row * columns + c], c);
        norm += (double) value * value;
      }
      halves[row] = (float) (norm * share / 2);
    }
    return halves;
  }

  /**
   * Rows in a frame, to be compared with tiles, four by four; missing ones are as far as can be.
   */
  static final class Group {

    private final Frame frame;
    private final int stride;
    private final float[] values;
    private final float[] halves;
    private final float[] row;

    /** Room for so many rows, rounded up to whole groups. */
    Group(Frame frame, int room) {
      this.frame = frame;
      this.stride = evenColumns(frame.center().length);
      int whole = (room + Kernel.GROUP - 1) / Kernel.GROUP * Kernel.GROUP;
      this.values = new float[whole * stride];
      this.halves = new float[whole];
      this.row = new float[stride];
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
    void fill(DenseRows rows, float[] rowHalves, int[] positions, int from, int count) {
      int columns = rows.columns();
      for (int i = 0; i < count; i++) {
        halves[i] = rowHalves[positions[from + i]];
        fill(rows.values(), positions[from + i] * columns, i * stride, columns);
      }
      for (int i = count; i % Kernel.GROUP != 0; i++) {
        halves[i] = Float.MAX_VALUE;
      }
    }

    private void fill(float[] source, int at, int to, int columns) {
      float[] center = frame.center();
      float[] placed = row;
      float factor = frame.factor();
      System.arraycopy(source, at, placed, 0, columns);
      // of one index, so that the compiler turns it into vector instructions
      for (int c = 0; c < columns; c++) {
        placed[c] = (placed[c] - center[c]) * factor;
      }
      System.arraycopy(placed, 0, values, to, columns);
    }
  }
}
