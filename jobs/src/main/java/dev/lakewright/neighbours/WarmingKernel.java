package dev.lakewright.neighbours;

import dev.lakewright.matrix.WarmUp;
import java.util.Arrays;

/** Plain loops, until vectors are faster. */
final class WarmingKernel implements Kernel {

  private static final int COLUMNS = 64;

  private final Kernel vectors;
  private final Kernel plain;
  private final WarmUp warmUp;

  WarmingKernel(Kernel vectors, Kernel plain) {
    this.vectors = vectors;
    this.plain = plain;
    this.warmUp = WarmUp.begin("kernel-warm-up", sample(vectors), sample(plain));
  }

  private static Runnable sample(Kernel kernel) {
    Frame frame = new Frame(new float[COLUMNS], 1);
    DenseRows rows = new DenseRows(new long[RUN], COLUMNS, new float[RUN * COLUMNS]);
    Tile tile = new Tile(frame);
    float[] halves = Tile.halves(frame, rows, 1);
    tile.fill(rows, halves, rows.positions(), 0, RUN);
    Tile.Group group = new Tile.Group(frame, GROUP);
    group.fill(rows, halves, rows.positions(), 0, GROUP);
    Nearness found = new Nearness(RUN);
    // most runs hold nothing near
    Arrays.fill(found.rowLimits(), 1);
    Arrays.fill(found.tileLimits(), 1);
    return () -> kernel.compare(group, 0, tile, found);
  }

  @Override
  public void compare(Tile.Group rows, int first, Tile tile, Nearness found) {
    (warmUp.over() ? vectors : plain).compare(rows, first, tile, found);
  }

  /** Whether vectors do the work by now. */
  boolean warm() {
    return warmUp.over();
  }
}
