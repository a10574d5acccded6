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
    float[] rows = new float[GROUP * COLUMNS];
    float[][] tile = new float[COLUMNS][RUN];
    float[][] out = new float[GROUP][RUN];
    float[] largest = new float[RUN];
    float[] limits = new float[RUN];
    Arrays.fill(limits, Float.POSITIVE_INFINITY);
    return () -> {
      kernel.multiply(rows, 0, tile, RUN, out, largest);
      kernel.near(largest, Float.POSITIVE_INFINITY, limits, 0);
    };
  }

  @Override
  public void multiply(
      float[] rows, int first, float[][] tile, int count, float[][] out, float[] largest) {
    (warmUp.over() ? vectors : plain).multiply(rows, first, tile, count, out, largest);
  }

  @Override
  public long near(float[] largest, float own, float[] limits, int from) {
    return (warmUp.over() ? vectors : plain).near(largest, own, limits, from);
  }

  /** Whether vectors do the work by now. */
  boolean warm() {
    return warmUp.over();
  }
}
