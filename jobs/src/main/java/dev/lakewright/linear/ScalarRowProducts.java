package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;

/** Four lanes at a time, whose sums stay in registers over a row's entries. */
final class ScalarRowProducts implements RowProducts {

  private final int[] starts;
  private final int[] columns;
  private final float[] values;
  private final int lanes;

  ScalarRowProducts(RowMatrix matrix, int lanes) {
    this.starts = matrix.starts();
    this.columns = matrix.columns();
    this.values = matrix.values();
    this.lanes = lanes;
  }

  @Override
  public void margins(int from, int rows, double[] vectors, double[] intercepts, double[] margins) {
    for (int row = 0; row < rows; row++) {
      int start = starts[from + row];
      int end = starts[from + row + 1];
      int lane = 0;
      for (; lane + 4 <= lanes; lane += 4) {
        fourMargins(start, end, vectors, intercepts, lane, margins, row * lanes + lane);
      }
      for (; lane < lanes; lane++) {
        margins[row * lanes + lane] = margin(start, end, vectors, intercepts[lane], lane);
      }
    }
  }

  private void fourMargins(
      int start,
      int end,
      double[] vectors,
      double[] intercepts,
      int lane,
      double[] margins,
      int to) {
    int width = lanes;
    double first = intercepts[lane];
    double second = intercepts[lane + 1];
    double third = intercepts[lane + 2];
    double fourth = intercepts[lane + 3];
    for (int at = start; at < end; at++) {
      double value = values[at];
      int base = columns[at] * width + lane;
      first = Math.fma(value, vectors[base], first);
      second = Math.fma(value, vectors[base + 1], second);
      third = Math.fma(value, vectors[base + 2], third);
      fourth = Math.fma(value, vectors[base + 3], fourth);
    }
    margins[to] = first;
    margins[to + 1] = second;
    margins[to + 2] = third;
    margins[to + 3] = fourth;
  }

  private double margin(int start, int end, double[] vectors, double intercept, int lane) {
    int width = lanes;
    double sum = intercept;
    for (int at = start; at < end; at++) {
      sum = Math.fma(values[at], vectors[columns[at] * width + lane], sum);
    }
    return sum;
  }

  @Override
  public void addSums(int from, int rows, double[] factors, double[] sums) {
    for (int row = 0; row < rows; row++) {
      int start = starts[from + row];
      int end = starts[from + row + 1];
      int lane = 0;
      for (; lane + 4 <= lanes; lane += 4) {
        addFour(start, end, factors, row * lanes + lane, lane, sums);
      }
      for (; lane < lanes; lane++) {
        addOne(start, end, factors[row * lanes + lane], lane, sums);
      }
    }
  }

  private void addFour(int start, int end, double[] factors, int of, int lane, double[] sums) {
    int width = lanes;
    double first = factors[of];
    double second = factors[of + 1];
    double third = factors[of + 2];
    double fourth = factors[of + 3];
    for (int at = start; at < end; at++) {
      double value = values[at];
      int base = columns[at] * width + lane;
      sums[base] = Math.fma(value, first, sums[base]);
      sums[base + 1] = Math.fma(value, second, sums[base + 1]);
      sums[base + 2] = Math.fma(value, third, sums[base + 2]);
      sums[base + 3] = Math.fma(value, fourth, sums[base + 3]);
    }
  }

  private void addOne(int start, int end, double factor, int lane, double[] sums) {
    int width = lanes;
    for (int at = start; at < end; at++) {
      int place = columns[at] * width + lane;
      sums[place] = Math.fma(values[at], factor, sums[place]);
    }
  }
}
