package dev.lakewright.neighbours;

/** Four rows on a grid that meet a tile, and what their comparison tells. */
final class CoarseMeeting {

  private final int[] starts = new int[Kernel.GROUP];
  private final int[] halves = new int[Kernel.GROUP];
  private final int[] wanted = new int[Kernel.GROUP];
  private final int[][] products;
  private final int[] scratch = new int[Kernel.RUN];
  private final long[] near;

  /** With tiles of this width. */
  CoarseMeeting(int width) {
    this.products = new int[Kernel.GROUP][width];
    this.near = new long[width / Kernel.RUN];
  }

  /** Where the rows begin. */
  int[] starts() {
    return starts;
  }

  /** See {@link CoarseRows#halves}. */
  int[] halves() {
    return halves;
  }

  /** Per row the half and the limit, added. */
  int[] wanted() {
    return wanted;
  }

  /** Products of each row with those of the tile, see {@link CoarseRows#halves}; of near ones. */
  int[][] products() {
    return products;
  }

  /** Per run of the tile a bit for each of its rows: one of the four may be near. */
  long[] near() {
    return near;
  }

  /** Room for a kernel's own use: one number per row of a run. */
  int[] scratch() {
    return scratch;
  }

  /** Whether a row may be near to one of the tile. */
  boolean near(int row, CoarseTile tile, int j) {
    int product = products[row][j];
    return product - tile.halves()[j] - wanted[row] >= 0
        || product - halves[row] - tile.wanted()[j] >= 0;
  }
}
