package dev.lakewright.neighbours;

import dev.lakewright.matrix.WarmUp;

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
    float[] rows = new float[GROUP * COLUMNS];
    float[][] tile = new float[COLUMNS][RUN];
    float[][] out = new float[GROUP][RUN];
    float[] largest = new float[RUN];
    return () -> kernel.multiply(rows, 0, tile, RUN, out, largest);
  }

  @Override
  public void multiply(
      float[] rows, int first, float[][] tile, int count, float[][] out, float[] largest) {
    (warmUp.over() ? vectors : plain).multiply(rows, first, tile, count, out, largest);
  }

  /** Whether vectors do the work by now. */
  boolean warm() {
    return warmUp.over();
  }
}
