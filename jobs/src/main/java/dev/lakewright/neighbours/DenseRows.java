package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows as an array.
 *
 * @param values {@code rows × columns}
 */
@SuppressWarnings("ArrayRecordComponent")
public record DenseRows(long[] keys, int columns, float[] values) implements RowBlock {

  /** Checks that there is a value for every row and column. */
  public DenseRows {
    if (values.length != (long) keys.length * columns) {
      throw new IllegalArgumentException(
          "%d keys and %d columns, but %d values".formatted(keys.length, columns, values.length));
    }
  }

  /** Some rows of a matrix, named by their numbers. */
  static DenseRows of(RowMatrix matrix, int[] rows) {
    return of(matrix, rows, Arrays.stream(rows).asLongStream().toArray());
  }

  /** All rows of a matrix. */
  public static DenseRows of(RowMatrix matrix, long[] keys) {
    return of(matrix, IntStream.range(0, matrix.rows()).toArray(), keys);
  }

  private static DenseRows of(RowMatrix matrix, int[] rows, long[] keys) {
    int columns = matrix.features();
    float[] values = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      for (int at = matrix.starts()[rows[i]]; at < matrix.starts()[rows[i] + 1]; at++) {
        values[i * columns + matrix.columns()[at]] = matrix.values()[at];
      }
    }
    return new DenseRows(keys, columns, values);
  }

  static DenseRows concatenation(List<? extends RowBlock> blocks) {
    int rows = blocks.stream().mapToInt(RowBlock::rows).sum();
    int columns = blocks.get(0).columns();
    long[] keys = new long[rows];
    float[] values = new float[Math.multiplyExact(rows, columns)];
    int to = 0;
    for (RowBlock each : blocks) {
      DenseRows block = (DenseRows) each;
      System.arraycopy(block.keys, 0, keys, to, block.keys.length);
      System.arraycopy(block.values, 0, values, to * columns, block.values.length);
      to += block.keys.length;
    }
    return new DenseRows(keys, columns, values);
  }

  @Override
  public long bytes() {
    return 4L * values.length + 8L * keys.length;
  }

  static DenseRows none(int columns) {
    return new DenseRows(new long[0], columns, new float[0]);
  }

  @Override
  public DenseRows select(int[] rows) {
    float[] chosen = new float[rows.length * columns];
    long[] names = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      names[i] = keys[rows[i]];
      System.arraycopy(values, rows[i] * columns, chosen, i * columns, columns);
    }
    return new DenseRows(names, columns, chosen);
  }

  @Override
  public double square(int row, RowBlock other, int otherRow) {
    float[] others = ((DenseRows) other).values;
    int at = row * columns;
    int otherAt = otherRow * columns;
    int whole = columns & ~3;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    for (int c = 0; c < whole; c += 4) {
      sum0 += squaredDifference(values[at + c], others[otherAt + c]);
      sum1 += squaredDifference(values[at + c + 1], others[otherAt + c + 1]);
      sum2 += squaredDifference(values[at + c + 2], others[otherAt + c + 2]);
      sum3 += squaredDifference(values[at + c + 3], others[otherAt + c + 3]);
    }
    if (whole < columns) {
      sum0 += squaredDifference(values[at + whole], others[otherAt + whole]);
    }
    if (whole + 1 < columns) {
      sum1 += squaredDifference(values[at + whole + 1], others[otherAt + whole + 1]);
    }
    if (whole + 2 < columns) {
      sum2 += squaredDifference(values[at + whole + 2], others[otherAt + whole + 2]);
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  static double squaredDifference(float a, float b) {
    double difference = (double) a - b;
    return difference * difference;
  }

  @Override
  public DenseRows between(
      int[] rows, RowBlock others, int[] otherRows, double[] gap, long[] names) {
    float[] ends = ((DenseRows) others).values;
    float[] made = new float[rows.length * columns];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < columns; c++) {
        double start = values[rows[i] * columns + c];
        made[i * columns + c] =
            (float) (start + gap[i] * (ends[otherRows[i] * columns + c] - start));
      }
    }
    return new DenseRows(names, columns, made);
  }

  @Override
  public void appendTo(RowMatrix matrix, int label, float weight) {
    SparseVector vector = new SparseVector();
    for (int row = 0; row < keys.length; row++) {
      vector.clear();
      for (int c = 0; c < columns; c++) {
        float value = values[row * columns + c];
        if (value != 0) {
          vector.add(c, value);
        }
      }
      matrix.add(vector, label, weight);
    }
  }

  @Override
  public void requireFinite() {
    for (int i = 0; i < values.length; i++) {
      if (!Float.isFinite(values[i])) {
        throw new DataException(
            "column %d of the row with key %d is %s, which has no distance to other rows; fill or drop such values first"
                .formatted(i % columns, keys[i / columns], values[i]));
      }
    }
  }
}
