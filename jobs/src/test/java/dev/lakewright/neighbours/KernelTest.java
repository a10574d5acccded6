package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class KernelTest {

  private static final int WIDTH = 128;

  @Property(tries = 100)
  void allKernelsTellTheSameBits(
      @ForAll @IntRange(min = 1, max = 80) int columns,
      @ForAll @IntRange(min = 1, max = Kernel.GROUP) int rows,
      @ForAll @IntRange(min = 1, max = WIDTH) int count,
      @ForAll long seed) {
    Meeting meeting = new Meeting(columns, rows, count, seed);
    assertThat(meeting.told(new VectorKernel())).isEqualTo(meeting.told(new PlainKernel()));
  }

  @Property(tries = 100)
  void whatReachesALimitIsTold(
      @ForAll @IntRange(min = 1, max = 80) int columns,
      @ForAll @IntRange(min = 1, max = WIDTH) int count,
      @ForAll long seed) {
    Meeting meeting = new Meeting(columns, Kernel.GROUP, count, seed);
    List<Told> all = meeting.without().told(new PlainKernel());
    assertThat(all).hasSize(count);
    assertThat(meeting.told(new PlainKernel()))
        .containsExactlyElementsOf(all.stream().filter(meeting::wants).toList());
  }

  @Example
  void theVectorModuleIsUsedOnceItIsFastAndChangesNothing() throws InterruptedException {
    WarmingKernel kernel = (WarmingKernel) Kernel.fastest();
    for (int waited = 0; waited < 1_000 && !kernel.warm(); waited++) {
      Thread.sleep(10);
    }
    Meeting meeting = new Meeting(8, Kernel.GROUP, 100, 1);
    assertThat(meeting.told(kernel)).isEqualTo(meeting.told(new PlainKernel()));
  }

  /** A row of the tile that is near, and its values. */
  private record Told(int column, List<Float> values) {}

  /** Random rows against a random tile. */
  private record Meeting(Tile tile, Tile.Group group, int rows, Nearness limits) {

    Meeting(int columns, int rows, int count, long seed) {
      this(
          new Tile(frame(columns)),
          new Tile.Group(frame(columns), rows),
          rows,
          new Nearness(WIDTH));
      SplittableRandom random = new SplittableRandom(seed);
      DenseRows tileRows = gaussian(count, columns, random);
      tile.fill(tileRows, halves(tileRows), tileRows.positions(), 0, count);
      DenseRows groupRows = gaussian(rows, columns, random);
      group.fill(groupRows, halves(groupRows), groupRows.positions(), 0, rows);
      limit(limits.rowLimits(), columns, random);
      limit(limits.tileLimits(), columns, random);
    }

    private static float[] halves(DenseRows rows) {
      return Tile.halves(frame(rows.columns()), rows, 1);
    }

    private static Frame frame(int columns) {
      return new Frame(new float[columns], 1);
    }

    private static DenseRows gaussian(int rows, int columns, SplittableRandom random) {
      float[] values = new float[rows * columns];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return new DenseRows(new long[rows], columns, values);
    }

    /** Few values reach most of them. */
    private static void limit(float[] limits, int columns, SplittableRandom random) {
      for (int i = 0; i < limits.length; i++) {
        limits[i] =
            random.nextInt(50) == 0
                ? Float.NEGATIVE_INFINITY
                : (float) -random.nextDouble(0.2, 0.8) * columns;
      }
    }

    Meeting without() {
      return new Meeting(tile, group, rows, new Nearness(WIDTH));
    }

    boolean wants(Told told) {
      for (int i = 0; i < rows; i++) {
        float value = told.values().get(i);
        if (value >= limits.rowLimits()[i] || value >= limits.tileLimits()[told.column()]) {
          return true;
        }
      }
      return false;
    }

    List<Told> told(Kernel kernel) {
      kernel.compare(group, 0, tile, limits);
      List<Told> told = new ArrayList<>();
      for (int j = 0; j < tile.count(); j++) {
        if ((limits.near()[j / Kernel.RUN] >>> j & 1) == 1) {
          List<Float> values = new ArrayList<>();
          for (int i = 0; i < rows; i++) {
            values.add(limits.values()[i][j]);
          }
          told.add(new Told(j, values));
        }
      }
      return told;
    }
  }
}
