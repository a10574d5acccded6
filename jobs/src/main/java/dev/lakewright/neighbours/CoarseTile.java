package dev.lakewright.neighbours;

/** Rows on a grid as columns of a small matrix, see {@link Tile}. */
final class CoarseTile {

  /** Rows that are filled in together: the nearest cache holds them. */
  private static final int ROWS_AT_ONCE = 64;

  private final int[][] coordinates;
  private final int[] halves;
  private final int[] wanted;
  private final int[] starts;

  CoarseTile(int columns) {
    int width = Tile.width(columns);
    this.coordinates = new int[CoarseRows.pairs(columns)][width];
    this.halves = new int[width];
    this.wanted = new int[width];
    this.starts = new int[width];
  }

  /** Pair of columns × row of the tile. */
  int[][] coordinates() {
    return coordinates;
  }

  /** See {@link CoarseRows#halves}. */
  int[] halves() {
    return halves;
  }

  /** Per row the half and the limit, added. */
  int[] wanted() {
    return wanted;
  }

  void fill(CoarseRows rows, int[] positions, int from, int count) {
    int pairs = rows.pairs();
    for (int j = 0; j < count; j++) {
      int row = positions[from + j];
      halves[j] = rows.halves()[row];
      wanted[j] = halves[j] + rows.limits()[row];
      starts[j] = row * pairs;
    }
    int[] values = rows.values();
    for (int begin = 0; begin < count; begin += ROWS_AT_ONCE) {
      int end = Math.min(count, begin + ROWS_AT_ONCE);
      for (int c = 0; c < pairs; c++) {
        fill(values, c, coordinates[c], begin, end);
      }
    }
  }

  private void fill(int[] values, int column, int[] out, int begin, int end) {
    int[] at = starts;
    for (int j = begin; j < end; j++) {
      out[j] = values[at[j] + column];
    }
  }
}
