package dev.lakewright.neighbours;

/**
 * The innermost loops of dense comparisons. Every implementation adds the same fused products in
 * the same order, and so gives the same bits.
 */
interface Kernel {

  /** Rows that are compared at once. */
  int GROUP = 4;

  /** Tiles' widths are multiples of this, so that whole runs of columns can be computed. */
  int RUN = 64;

  /**
   * Adds to {@code out[i][j]} the product of row i and tile row j, and tells the largest of each j.
   * May also compute beyond {@code count}, up to the next multiple of {@link #RUN}.
   *
   * @param rows of even length each, one after the other
   * @param first where the first of the four rows begins
   * @param tile coordinate × tile row
   */
  void multiply(float[] rows, int first, float[][] tile, int count, float[][] out, float[] largest);

  /** The fastest that this Java virtual machine offers. */
  static Kernel fastest() {
    return Fastest.KERNEL;
  }

  /** Chosen once. */
  final class Fastest {

    private static final Kernel KERNEL =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            ? new WarmingKernel(new VectorKernel(), new PlainKernel())
            : new PlainKernel();

    private Fastest() {}
  }
}
