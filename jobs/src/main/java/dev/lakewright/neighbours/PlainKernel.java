package dev.lakewright.neighbours;

/** Loops of the form that the compiler turns into vector instructions. */
final class PlainKernel implements Kernel {

  @Override
  public void compare(Tile.Group rows, int first, Tile tile, Nearness found) {
    float[][] out = found.values();
    int count = tile.count();
    found.begin(rows, first, tile);
    float[] values = rows.values();
    float[][] coordinates = tile.coordinates();
    int stride = coordinates.length;
    for (int c = 0; c < stride; c += 2) {
      int i0 = first * stride + c;
      int i1 = i0 + stride;
      int i2 = i1 + stride;
      int i3 = i2 + stride;
      multiply(
          out[0],
          out[1],
          out[2],
          out[3],
          coordinates[c],
          coordinates[c + 1],
          values[i0],
          values[i0 + 1],
          values[i1],
          values[i1 + 1],
          values[i2],
          values[i2 + 1],
          values[i3],
          values[i3 + 1],
          count);
    }
    largest(out[0], out[1], out[2], out[3], found.scratch(), count);
    float least = least(found.rowLimits());
    for (int run = 0; run < count; run += RUN) {
      found.near()[run / RUN] = near(found, least, run, Math.min(count, run + RUN));
    }
  }

  /** Two coordinates of four rows; more of either keeps the compiler from using vectors. */
  private static void multiply(
      float[] out0,
      float[] out1,
      float[] out2,
      float[] out3,
      float[] b0,
      float[] b1,
      float a00,
      float a01,
      float a10,
      float a11,
      float a20,
      float a21,
      float a30,
      float a31,
      int count) {
    for (int j = 0; j < count; j++) {
      float x0 = b0[j];
      float x1 = b1[j];
      out0[j] = Math.fma(a01, x1, Math.fma(a00, x0, out0[j]));
      out1[j] = Math.fma(a11, x1, Math.fma(a10, x0, out1[j]));
      out2[j] = Math.fma(a21, x1, Math.fma(a20, x0, out2[j]));
      out3[j] = Math.fma(a31, x1, Math.fma(a30, x0, out3[j]));
    }
  }

  private static void largest(
      float[] out0, float[] out1, float[] out2, float[] out3, float[] largest, int count) {
    for (int j = 0; j < count; j++) {
      largest[j] = Math.max(Math.max(out0[j], out1[j]), Math.max(out2[j], out3[j]));
    }
  }

  private static long near(Nearness found, float least, int from, int to) {
    float[] largest = found.scratch();
    float[] limits = found.tileLimits();
    long near = 0;
    for (int j = from; j < to; j++) {
      // hardly ever
      if (largest[j] >= limits[j] || (largest[j] >= least && isNearRow(found, j))) {
        near |= 1L << (j - from);
      }
    }
    return near;
  }

  private static boolean isNearRow(Nearness found, int j) {
    boolean near = false;
    for (int i = 0; i < GROUP; i++) {
      near |= found.values()[i][j] >= found.rowLimits()[i];
    }
    return near;
  }

  private static float least(float[] limits) {
    return Math.min(Math.min(limits[0], limits[1]), Math.min(limits[2], limits[3]));
  }
}
