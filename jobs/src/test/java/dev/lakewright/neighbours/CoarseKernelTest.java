package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class CoarseKernelTest {

  private static final int ROWS = 200;

  @Property(tries = 100)
  void allKernelsTellTheSame(
      @ForAll @IntRange(min = 1, max = 80) int columns,
      @ForAll @IntRange(min = 1, max = 64) int count,
      @ForAll long seed) {
    assertThat(told(new VectorCoarseKernel(), columns, count, seed))
        .isEqualTo(told(new PlainCoarseKernel(), columns, count, seed));
  }

  private static String told(CoarseKernel kernel, int columns, int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] rows = random.ints((long) ROWS * columns).toArray();
    CoarseTile tile = new CoarseTile(columns);
    CoarseMeeting meeting = new CoarseMeeting(Tile.width(columns));
    for (int[] column : tile.coordinates()) {
      fill(column, count, -1, random);
    }
    fill(tile.halves(), count, CoarseRows.UPPER, random);
    fill(tile.wanted(), count, CoarseRows.UPPER, random);
    for (int i = 0; i < Kernel.GROUP; i++) {
      meeting.starts()[i] = random.nextInt(ROWS) * columns;
    }
    fill(meeting.halves(), Kernel.GROUP, CoarseRows.UPPER, random);
    fill(meeting.wanted(), Kernel.GROUP, CoarseRows.UPPER, random);
    kernel.compare(rows, meeting, tile, count);
    long near = meeting.near()[0] & -1L >>> (Long.SIZE - count);
    StringBuilder told = new StringBuilder(Long.toString(near));
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < Kernel.GROUP && (near >>> j & 1) == 1; i++) {
        told.append(' ').append(meeting.products()[i][j]);
      }
    }
    return told.toString();
  }

  private static void fill(int[] out, int count, int mask, SplittableRandom random) {
    for (int i = 0; i < count; i++) {
      out[i] = random.nextInt() & mask;
    }
  }
}
