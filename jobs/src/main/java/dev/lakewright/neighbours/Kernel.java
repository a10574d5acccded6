package dev.lakewright.neighbours;

import dev.lakewright.matrix.WarmUp;

/**
 * The innermost loops of dense comparisons. Every implementation adds the same fused products in
 * the same order, and so gives the same bits.
 */
interface Kernel {

  /** Rows that are compared at once. */
  int GROUP = 4;

  /** Tiles' widths are multiples of this, so that a run's columns are the bits of a long. */
  int RUN = Long.SIZE;

  /**
   * Compares four rows with a tile. May also compute beyond the tile's count, up to the next
   * multiple of {@link #RUN}.
   *
   * @param first the first of the four
   */
  void compare(Tile.Group rows, int first, Tile tile, Nearness found);

  /** The fastest that this Java virtual machine offers. */
  static Kernel fastest() {
    return Fastest.KERNEL;
  }

  /** Chosen once. */
  final class Fastest {

    private static final Kernel KERNEL =
        WarmUp.VECTORS
            ? new WarmingKernel(new VectorKernel(), new PlainKernel())
            : new PlainKernel();

    private Fastest() {}
  }
}
