package dev.lakewright.neighbours;

import dev.lakewright.matrix.WarmUp;

/** The innermost loops of comparisons on a grid; see {@link Kernel}. */
interface CoarseKernel {

  /**
   * Compares four rows with the first so many of a tile. May also compute beyond them, up to the
   * next multiple of {@link Kernel#RUN}.
   *
   * @param rows see {@link CoarseRows#values}
   */
  void compare(int[] rows, CoarseMeeting meeting, CoarseTile tile, int count);

  /** The fastest that this Java virtual machine offers. */
  static CoarseKernel fastest() {
    return Fastest.KERNEL;
  }

  /** Chosen once. */
  final class Fastest {

    private static final CoarseKernel KERNEL =
        WarmUp.VECTORS
            ? new WarmingCoarseKernel(new VectorCoarseKernel(), new PlainCoarseKernel())
            : new PlainCoarseKernel();

    private Fastest() {}
  }
}
