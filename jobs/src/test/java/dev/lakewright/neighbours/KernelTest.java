package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KernelTest {

  @Property(tries = 50)
  void allKernelsGiveTheSameBits(
      @ForAll @IntRange(min = 1, max = 40) int pairs,
      @ForAll @IntRange(min = 1, max = 128) int count,
      @ForAll long seed) {
    assertThat(products(new VectorKernel(), 2 * pairs, count, seed))
        .isDeepEqualTo(products(new PlainKernel(), 2 * pairs, count, seed));
  }

  @Example
  void theVectorModuleIsUsedOnceItIsFastAndChangesNothing() throws InterruptedException {
    WarmingKernel kernel = (WarmingKernel) Kernel.fastest();
    for (int waited = 0; waited < 1_000 && !kernel.warm(); waited++) {
      Thread.sleep(10);
    }
    assertThat(products(kernel, 8, 100, 1)).isDeepEqualTo(products(new PlainKernel(), 8, 100, 1));
  }

  /** Products of four rows, and the largest of them. */
  private static float[][] products(Kernel kernel, int columns, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] rows = new float[Kernel.GROUP * columns];
    fill(rows, random);
    float[][] tile = new float[columns][128];
    Arrays.stream(tile).forEach(column -> fill(column, random));
    float[][] out = new float[Kernel.GROUP + 1][128];
    Arrays.stream(out).forEach(row -> fill(row, random));
    kernel.multiply(rows, 0, tile, count, out, out[Kernel.GROUP]);
    return Arrays.stream(out).map(row -> Arrays.copyOf(row, count)).toArray(float[][]::new);
  }

  private static void fill(float[] values, SplittableRandom random) {
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
  }
}
