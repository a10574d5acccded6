package dev.lakewright.neighbours;

import static jdk.incubator.vector.VectorOperators.AND;

import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums kept in registers, see {@link VectorKernel}. */
final class VectorCoarseKernel implements CoarseKernel {

  private static final VectorSpecies<Short> SPECIES = ShortVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Integer> PAIRS = IntVector.SPECIES_PREFERRED;
  private static final int LENGTH = PAIRS.length();

  /** As a factor it adds the lower half of an integer to the upper one. */
  private static final int BOTH = 0x10001;

  /** The least rows of the tile that are compared at once. */
  private static final int STEP = 2 * LENGTH;

  @Override
  public void compare(int[] rows, CoarseMeeting meeting, CoarseTile tile, int count) {
    if (Kernel.RUN % (2 * STEP) != 0) {
      throw new IllegalStateException("vectors of %d integers".formatted(LENGTH));
    }
    int[][] out = meeting.products();
    for (int run = 0; run < count; run += Kernel.RUN) {
      int end = Math.min(count, run + Kernel.RUN);
      long near = 0;
      for (int j = run; j < end; j += 2 * STEP) {
        boolean wide = end - j > STEP;
        if (wide) {
          multiplyFour(
              rows, meeting.starts(), tile.coordinates(), out[0], out[1], out[2], out[3], j);
        } else {
          multiplyTwo(
              rows, meeting.starts(), tile.coordinates(), out[0], out[1], out[2], out[3], j);
        }
        int length = wide ? 2 * STEP : STEP;
        if (!allFar(meeting, tile, out[0], out[1], out[2], out[3], j, length)) {
          near |= places(meeting.scratch(), length) << (j - run);
        }
      }
      meeting.near()[run / Kernel.RUN] = near;
    }
  }

  /** Four rows by four vectors. */
  private static void multiplyFour(
      int[] rows,
      int[] starts,
      int[][] tile,
      int[] out0,
      int[] out1,
      int[] out2,
      int[] out3,
      int j0) {
    int j1 = j0 + LENGTH;
    int j2 = j1 + LENGTH;
    int j3 = j2 + LENGTH;
    int start0 = starts[0];
    int start1 = starts[1];
    int start2 = starts[2];
    int start3 = starts[3];
    ShortVector s00 = ShortVector.zero(SPECIES);
    ShortVector s01 = s00;
    ShortVector s02 = s00;
    ShortVector s03 = s00;
    ShortVector s10 = s00;
    ShortVector s11 = s00;
    ShortVector s12 = s00;
    ShortVector s13 = s00;
    ShortVector s20 = s00;
    ShortVector s21 = s00;
    ShortVector s22 = s00;
    ShortVector s23 = s00;
    ShortVector s30 = s00;
    ShortVector s31 = s00;
    ShortVector s32 = s00;
    ShortVector s33 = s00;
    for (int c = 0; c < tile.length; c++) {
      int[] b = tile[c];
      ShortVector b0 = IntVector.fromArray(PAIRS, b, j0).reinterpretAsShorts();
      ShortVector b1 = IntVector.fromArray(PAIRS, b, j1).reinterpretAsShorts();
      ShortVector b2 = IntVector.fromArray(PAIRS, b, j2).reinterpretAsShorts();
      ShortVector b3 = IntVector.fromArray(PAIRS, b, j3).reinterpretAsShorts();
      ShortVector a = IntVector.broadcast(PAIRS, rows[start0 + c]).reinterpretAsShorts();
      s00 = s00.add(a.mul(b0));
      s01 = s01.add(a.mul(b1));
      s02 = s02.add(a.mul(b2));
      s03 = s03.add(a.mul(b3));
      a = IntVector.broadcast(PAIRS, rows[start1 + c]).reinterpretAsShorts();
      s10 = s10.add(a.mul(b0));
      s11 = s11.add(a.mul(b1));
      s12 = s12.add(a.mul(b2));
      s13 = s13.add(a.mul(b3));
      a = IntVector.broadcast(PAIRS, rows[start2 + c]).reinterpretAsShorts();
      s20 = s20.add(a.mul(b0));
      s21 = s21.add(a.mul(b1));
      s22 = s22.add(a.mul(b2));
      s23 = s23.add(a.mul(b3));
      a = IntVector.broadcast(PAIRS, rows[start3 + c]).reinterpretAsShorts();
      s30 = s30.add(a.mul(b0));
      s31 = s31.add(a.mul(b1));
      s32 = s32.add(a.mul(b2));
      s33 = s33.add(a.mul(b3));
    }
    s00.reinterpretAsInts().intoArray(out0, j0);
    s01.reinterpretAsInts().intoArray(out0, j1);
    s02.reinterpretAsInts().intoArray(out0, j2);
    s03.reinterpretAsInts().intoArray(out0, j3);
    s10.reinterpretAsInts().intoArray(out1, j0);
    s11.reinterpretAsInts().intoArray(out1, j1);
    s12.reinterpretAsInts().intoArray(out1, j2);
    s13.reinterpretAsInts().intoArray(out1, j3);
    s20.reinterpretAsInts().intoArray(out2, j0);
    s21.reinterpretAsInts().intoArray(out2, j1);
    s22.reinterpretAsInts().intoArray(out2, j2);
    s23.reinterpretAsInts().intoArray(out2, j3);
    s30.reinterpretAsInts().intoArray(out3, j0);
    s31.reinterpretAsInts().intoArray(out3, j1);
    s32.reinterpretAsInts().intoArray(out3, j2);
    s33.reinterpretAsInts().intoArray(out3, j3);
  }

  /** Four rows by two vectors. */
  private static void multiplyTwo(
      int[] rows,
      int[] starts,
      int[][] tile,
      int[] out0,
      int[] out1,
      int[] out2,
      int[] out3,
      int j0) {
    int j1 = j0 + LENGTH;
    int start0 = starts[0];
    int start1 = starts[1];
    int start2 = starts[2];
    int start3 = starts[3];
    ShortVector s00 = ShortVector.zero(SPECIES);
    ShortVector s01 = s00;
    ShortVector s10 = s00;
    ShortVector s11 = s00;
    ShortVector s20 = s00;
    ShortVector s21 = s00;
    ShortVector s30 = s00;
    ShortVector s31 = s00;
    for (int c = 0; c < tile.length; c++) {
      int[] b = tile[c];
      ShortVector b0 = IntVector.fromArray(PAIRS, b, j0).reinterpretAsShorts();
      ShortVector b1 = IntVector.fromArray(PAIRS, b, j1).reinterpretAsShorts();
      ShortVector a = IntVector.broadcast(PAIRS, rows[start0 + c]).reinterpretAsShorts();
      s00 = s00.add(a.mul(b0));
      s01 = s01.add(a.mul(b1));
      a = IntVector.broadcast(PAIRS, rows[start1 + c]).reinterpretAsShorts();
      s10 = s10.add(a.mul(b0));
      s11 = s11.add(a.mul(b1));
      a = IntVector.broadcast(PAIRS, rows[start2 + c]).reinterpretAsShorts();
      s20 = s20.add(a.mul(b0));
      s21 = s21.add(a.mul(b1));
      a = IntVector.broadcast(PAIRS, rows[start3 + c]).reinterpretAsShorts();
      s30 = s30.add(a.mul(b0));
      s31 = s31.add(a.mul(b1));
    }
    s00.reinterpretAsInts().intoArray(out0, j0);
    s01.reinterpretAsInts().intoArray(out0, j1);
    s10.reinterpretAsInts().intoArray(out1, j0);
    s11.reinterpretAsInts().intoArray(out1, j1);
    s20.reinterpretAsInts().intoArray(out2, j0);
    s21.reinterpretAsInts().intoArray(out2, j1);
    s30.reinterpretAsInts().intoArray(out3, j0);
    s31.reinterpretAsInts().intoArray(out3, j1);
  }

  /**
   * Adds the sums of pairs, and tells whether neither rows nor those of the tile want any other.
   */
  private static boolean allFar(
      CoarseMeeting meeting,
      CoarseTile tile,
      int[] out0,
      int[] out1,
      int[] out2,
      int[] out3,
      int from,
      int length) {
    int[] halves = meeting.halves();
    int[] wanted = meeting.wanted();
    int[] scratch = meeting.scratch();
    int[] tileHalves = tile.halves();
    int[] tileWanted = tile.wanted();
    IntVector all = IntVector.broadcast(PAIRS, -1);
    for (int at = 0; at < length; at += LENGTH) {
      int j = from + at;
      IntVector half = IntVector.fromArray(PAIRS, tileHalves, j);
      IntVector want = IntVector.fromArray(PAIRS, tileWanted, j);
      IntVector far =
          far(out0, j, half, want, halves[0], wanted[0])
              .and(far(out1, j, half, want, halves[1], wanted[1]))
              .and(far(out2, j, half, want, halves[2], wanted[2]))
              .and(far(out3, j, half, want, halves[3], wanted[3]));
      far.intoArray(scratch, at);
      all = all.and(far);
    }
    return all.reduceLanes(AND) < 0;
  }

  /** Negative where neither wants the other. */
  private static IntVector far(
      int[] out, int j, IntVector tileHalves, IntVector tileWanted, int half, int wanted) {
    IntVector products = IntVector.fromArray(PAIRS, out, j).mul(BOTH).and(CoarseRows.UPPER);
    products.intoArray(out, j);
    return products.sub(tileHalves).sub(wanted).and(products.sub(tileWanted).sub(half));
  }

  /** A bit for each value whose sign is not that of negative numbers. */
  private static long places(int[] far, int length) {
    long places = 0;
    for (int j = 0; j < length; j++) {
      places |= (far[j] >>> (Integer.SIZE - 1) ^ 1L) << j;
    }
    return places;
  }
}
