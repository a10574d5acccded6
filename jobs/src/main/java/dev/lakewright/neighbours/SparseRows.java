package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Rows in compressed row form: row {@code i} has the entries {@code starts[i] .. starts[i + 1]}.
 *
 * @param places column of each entry, ascending in a row
 * @param values of each entry
 */
@SuppressWarnings("ArrayRecordComponent")
public record SparseRows(long[] keys, int columns, int[] starts, int[] places, float[] values)
    implements RowBlock {

  /** All rows of a matrix, whose arrays are shared, named by their numbers. */
  static SparseRows of(RowMatrix matrix) {
    return of(matrix, LongStream.range(0, matrix.rows()).toArray());
  }

  /** All rows of a matrix, whose arrays are shared. */
  public static SparseRows of(RowMatrix matrix, long[] keys) {
    return new SparseRows(
        keys, matrix.features(), matrix.starts(), matrix.columns(), matrix.values());
  }

  static SparseRows concatenation(List<? extends RowBlock> blocks) {
    int rows = blocks.stream().mapToInt(RowBlock::rows).sum();
    int entries = blocks.stream().mapToInt(block -> ((SparseRows) block).entries()).sum();
    Filling filling = new Filling(rows, entries);
    for (RowBlock each : blocks) {
      SparseRows block = (SparseRows) each;
      for (int row = 0; row < block.rows(); row++) {
        filling.add(block, row);
      }
    }
    return filling.rows(blocks.get(0).columns());
  }

  int entries() {
    return starts[keys.length];
  }

  int entries(int row) {
    return starts[row + 1] - starts[row];
  }

  /** Squared length of a row. */
  double norm(int row) {
    double sum = 0;
    for (int at = starts[row]; at < starts[row + 1]; at++) {
      sum += (double) values[at] * values[at];
    }
    return sum;
  }

  @Override
  public long bytes() {
    return 8L * places.length + 12L * keys.length;
  }

  @Override
  public SparseRows select(int[] rows) {
    Filling filling =
        new Filling(rows.length, Arrays.stream(rows).map(this::entries).reduce(0, Math::addExact));
    for (int row : rows) {
      filling.add(this, row);
    }
    return filling.rows(columns);
  }

  @Override
  public double square(int row, RowBlock other, int otherRow) {
    SparseRows others = (SparseRows) other;
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int at = starts[row];
    int end = starts[row + 1];
    int otherAt = others.starts[otherRow];
    int otherEnd = others.starts[otherRow + 1];
    while (at < end || otherAt < otherEnd) {
      int place = at < end ? places[at] : Integer.MAX_VALUE;
      int otherPlace = otherAt < otherEnd ? others.places[otherAt] : Integer.MAX_VALUE;
      int column = Math.min(place, otherPlace);
      float mine = place == column ? values[at++] : 0;
      float its = otherPlace == column ? others.values[otherAt++] : 0;
      double square = DenseRows.squaredDifference(mine, its);
      switch (column & 3) {
        case 0 -> sum0 += square;
        case 1 -> sum1 += square;
        case 2 -> sum2 += square;
        default -> sum3 += square;
      }
    }
    return (sum0 + sum1) + (sum2 + sum3);
  }

  @Override
  public SparseRows between(
      int[] rows, RowBlock others, int[] otherRows, double[] gap, long[] names) {
    SparseRows ends = (SparseRows) others;
    int room = 0;
    for (int i = 0; i < rows.length; i++) {
      room = Math.addExact(room, entries(rows[i]) + ends.entries(otherRows[i]));
    }
    Filling filling = new Filling(rows.length, room);
    for (int i = 0; i < rows.length; i++) {
      filling.addBetween(this, rows[i], ends, otherRows[i], gap[i], names[i]);
    }
    return filling.rows(columns);
  }

  @Override
  public void appendTo(RowMatrix matrix, int label, float weight) {
    SparseVector vector = new SparseVector();
    for (int row = 0; row < keys.length; row++) {
      vector.clear();
      for (int at = starts[row]; at < starts[row + 1]; at++) {
        vector.add(places[at], values[at]);
      }
      matrix.add(vector, label, weight);
    }
  }

  @Override
  public void requireFinite() {
    for (int row = 0; row < keys.length; row++) {
      for (int at = starts[row]; at < starts[row + 1]; at++) {
        if (!Float.isFinite(values[at])) {
          throw new DataException(
              "column %d of the row with key %d is %s, which has no distance to other rows; fill or drop such values first"
                  .formatted(places[at], keys[row], values[at]));
        }
      }
    }
  }

  /** Rows being written, of which the number and room for the entries are known. */
  private static final class Filling {

    private final long[] keys;
    private final int[] starts;
    private final int[] places;
    private final float[] values;
    private int filled;
    private int end;

    Filling(int rows, int room) {
      keys = new long[rows];
      starts = new int[rows + 1];
      places = new int[room];
      values = new float[room];
    }

    void add(SparseRows from, int row) {
      int entries = from.entries(row);
      System.arraycopy(from.places, from.starts[row], places, end, entries);
      System.arraycopy(from.values, from.starts[row], values, end, entries);
      end += entries;
      close(from.keys[row]);
    }

    /** A column that neither end has stays absent; one that comes out as 0 goes. */
    void addBetween(SparseRows a, int row, SparseRows b, int other, double gap, long key) {
      int at = a.starts[row];
      int otherAt = b.starts[other];
      while (at < a.starts[row + 1] || otherAt < b.starts[other + 1]) {
        int place = at < a.starts[row + 1] ? a.places[at] : Integer.MAX_VALUE;
        int otherPlace = otherAt < b.starts[other + 1] ? b.places[otherAt] : Integer.MAX_VALUE;
        int column = Math.min(place, otherPlace);
        double from = place == column ? a.values[at++] : 0;
        double to = otherPlace == column ? b.values[otherAt++] : 0;
        float value = (float) (from + gap * (to - from));
        if (value != 0) {
          places[end] = column;
          values[end++] = value;
        }
      }
      close(key);
    }

    private void close(long key) {
      keys[filled++] = key;
      starts[filled] = end;
    }

    SparseRows rows(int columns) {
      return new SparseRows(
          keys,
          columns,
          starts,
          end == places.length ? places : Arrays.copyOf(places, end),
          end == values.length ? values : Arrays.copyOf(values, end));
    }
  }
}
