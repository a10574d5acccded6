package dev.lakewright.neighbours;

import dev.lakewright.matrix.WarmUp;
import java.util.Arrays;

/** Plain loops, until vectors are faster. */
final class WarmingCoarseKernel implements CoarseKernel {

  private static final int COLUMNS = 64;

  private final CoarseKernel vectors;
  private final CoarseKernel plain;
  private final WarmUp warmUp;

  WarmingCoarseKernel(CoarseKernel vectors, CoarseKernel plain) {
    this.vectors = vectors;
    this.plain = plain;
    this.warmUp = WarmUp.begin("coarse-kernel-warm-up", sample(vectors), sample(plain));
  }

  private static Runnable sample(CoarseKernel kernel) {
    int[] rows = new int[Kernel.GROUP * COLUMNS];
    CoarseTile tile = new CoarseTile(COLUMNS);
    CoarseMeeting meeting = new CoarseMeeting(Tile.width(COLUMNS));
    // most runs hold nothing near
    Arrays.fill(meeting.wanted(), 1 << Short.SIZE);
    Arrays.fill(tile.wanted(), 1 << Short.SIZE);
    return () -> kernel.compare(rows, meeting, tile, Kernel.RUN);
  }

  @Override
  public void compare(int[] rows, CoarseMeeting meeting, CoarseTile tile, int count) {
    (warmUp.over() ? vectors : plain).compare(rows, meeting, tile, count);
  }
}
