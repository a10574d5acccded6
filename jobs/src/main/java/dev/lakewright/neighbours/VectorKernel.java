package dev.lakewright.neighbours;

import static jdk.incubator.vector.VectorOperators.AND;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums kept in registers, by the incubating vector module, with which Spark starts its executors.
 * Only classes called Vector… refer to that module, so that all but these work without it.
 */
final class VectorKernel implements Kernel {

  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LENGTH = SPECIES.length();

  @Override
  public void compare(Tile.Group rows, int first, Tile tile, Nearness found) {
    if (RUN % (4 * LENGTH) != 0) {
      throw new IllegalStateException("vectors of %d floats".formatted(LENGTH));
    }
    found.begin(rows, first, tile);
    float[][] out = found.values();
    for (int run = 0; run < tile.count(); run += RUN) {
      for (int j = run; j < run + RUN; j += 4 * LENGTH) {
        addProducts(rows.values(), first, tile.coordinates(), out[0], out[1], out[2], out[3], j);
      }
    }
    float[] far = found.scratch();
    markFar(
        out[0], out[1], out[2], out[3], found.rowLimits(), found.tileLimits(), far, tile.count());
    for (int run = 0; run < tile.count(); run += RUN) {
      found.near()[run / RUN] = allNegative(far, run) ? 0 : notNegative(far, run);
    }
  }

  /** Four rows by four vectors. */
  private static void addProducts(
      float[] rows,
      int first,
      float[][] tile,
      float[] out0,
      float[] out1,
      float[] out2,
      float[] out3,
      int j0) {
    int j1 = j0 + LENGTH;
    int j2 = j1 + LENGTH;
    int j3 = j2 + LENGTH;
    FloatVector s00 = FloatVector.fromArray(SPECIES, out0, j0);
    FloatVector s01 = FloatVector.fromArray(SPECIES, out0, j1);
    FloatVector s02 = FloatVector.fromArray(SPECIES, out0, j2);
    FloatVector s03 = FloatVector.fromArray(SPECIES, out0, j3);
    FloatVector s10 = FloatVector.fromArray(SPECIES, out1, j0);
    FloatVector s11 = FloatVector.fromArray(SPECIES, out1, j1);
    FloatVector s12 = FloatVector.fromArray(SPECIES, out1, j2);
    FloatVector s13 = FloatVector.fromArray(SPECIES, out1, j3);
    FloatVector s20 = FloatVector.fromArray(SPECIES, out2, j0);
    FloatVector s21 = FloatVector.fromArray(SPECIES, out2, j1);
    FloatVector s22 = FloatVector.fromArray(SPECIES, out2, j2);
    FloatVector s23 = FloatVector.fromArray(SPECIES, out2, j3);
    FloatVector s30 = FloatVector.fromArray(SPECIES, out3, j0);
    FloatVector s31 = FloatVector.fromArray(SPECIES, out3, j1);
    FloatVector s32 = FloatVector.fromArray(SPECIES, out3, j2);
    FloatVector s33 = FloatVector.fromArray(SPECIES, out3, j3);
    int stride = tile.length;
    int at = first * stride;
    for (int c = 0; c < stride; c++) {
      float[] b = tile[c];
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j0);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j1);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, j2);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, j3);
      FloatVector a = FloatVector.broadcast(SPECIES, rows[at + c]);
      s00 = a.fma(b0, s00);
      s01 = a.fma(b1, s01);
      s02 = a.fma(b2, s02);
      s03 = a.fma(b3, s03);
      a = FloatVector.broadcast(SPECIES, rows[at + stride + c]);
      s10 = a.fma(b0, s10);
      s11 = a.fma(b1, s11);
      s12 = a.fma(b2, s12);
      s13 = a.fma(b3, s13);
      a = FloatVector.broadcast(SPECIES, rows[at + 2 * stride + c]);
      s20 = a.fma(b0, s20);
      s21 = a.fma(b1, s21);
      s22 = a.fma(b2, s22);
      s23 = a.fma(b3, s23);
      a = FloatVector.broadcast(SPECIES, rows[at + 3 * stride + c]);
      s30 = a.fma(b0, s30);
      s31 = a.fma(b1, s31);
      s32 = a.fma(b2, s32);
      s33 = a.fma(b3, s33);
    }
    store(s00, s01, s02, s03, out0, j0);
    store(s10, s11, s12, s13, out1, j0);
    store(s20, s21, s22, s23, out2, j0);
    store(s30, s31, s32, s33, out3, j0);
  }

  /** Negative where all four values are below their row's limit and that of the tile's row. */
  private static void markFar(
      float[] out0,
      float[] out1,
      float[] out2,
      float[] out3,
      float[] rowLimits,
      float[] tileLimits,
      float[] far,
      int count) {
    FloatVector limit0 = FloatVector.broadcast(SPECIES, rowLimits[0]);
    FloatVector limit1 = FloatVector.broadcast(SPECIES, rowLimits[1]);
    FloatVector limit2 = FloatVector.broadcast(SPECIES, rowLimits[2]);
    FloatVector limit3 = FloatVector.broadcast(SPECIES, rowLimits[3]);
    for (int j = 0; j < count; j += LENGTH) {
      FloatVector limit = FloatVector.fromArray(SPECIES, tileLimits, j);
      below(out0, j, limit0, limit)
          .and(below(out1, j, limit1, limit))
          .and(below(out2, j, limit2, limit))
          .and(below(out3, j, limit3, limit))
          .reinterpretAsFloats()
          .intoArray(far, j);
    }
  }

  private static IntVector below(float[] out, int j, FloatVector limit, FloatVector otherLimit) {
    FloatVector values = FloatVector.fromArray(SPECIES, out, j);
    // signs of differences, since masks of comparisons are slow in Java 17
    return values.sub(limit).reinterpretAsInts().and(values.sub(otherLimit).reinterpretAsInts());
  }

  private static boolean allNegative(float[] values, int from) {
    IntVector all = bits(values, from);
    for (int j = from + LENGTH; j < from + RUN; j += LENGTH) {
      all = all.and(bits(values, j));
    }
    return all.reduceLanes(AND) < 0;
  }

  private static IntVector bits(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at).reinterpretAsInts();
  }

  /** A bit for each value of a run whose sign is not that of negative numbers. */
  private static long notNegative(float[] values, int from) {
    long places = 0;
    for (int j = 0; j < RUN; j++) {
      int sign = Float.floatToRawIntBits(values[from + j]) >>> (Integer.SIZE - 1);
      places |= (sign ^ 1L) << j;
    }
    return places;
  }

  private static void store(
      FloatVector v0, FloatVector v1, FloatVector v2, FloatVector v3, float[] out, int at) {
    v0.intoArray(out, at);
    v1.intoArray(out, at + LENGTH);
    v2.intoArray(out, at + 2 * LENGTH);
    v3.intoArray(out, at + 3 * LENGTH);
  }
}
