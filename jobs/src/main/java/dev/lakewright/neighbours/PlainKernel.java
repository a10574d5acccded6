package dev.lakewright.neighbours;

/** Loops of the form that the compiler turns into vector instructions. */
final class PlainKernel implements Kernel {

  @Override
  public void multiply(
      float[] rows, int first, float[][] tile, int count, float[][] out, float[] largest) {
    int stride = tile.length;
    for (int c = 0; c < stride; c += 2) {
      int i0 = first + c;
      int i1 = i0 + stride;
      int i2 = i1 + stride;
      int i3 = i2 + stride;
      multiply(
          out[0],
          out[1],
          out[2],
          out[3],
          tile[c],
          tile[c + 1],
          rows[i0],
          rows[i0 + 1],
          rows[i1],
          rows[i1 + 1],
          rows[i2],
          rows[i2 + 1],
          rows[i3],
          rows[i3 + 1],
          count);
    }
    largest(out[0], out[1], out[2], out[3], largest, count);
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
}
