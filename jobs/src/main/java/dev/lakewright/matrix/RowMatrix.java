package dev.lakewright.matrix;

import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Labelled sparse rows in compressed row form: row {@code i} has the entries {@code starts[i] ..
 * starts[i + 1]} of {@code columns} and {@code values}. Holds at most 2^31 - 1 entries (16 GB).
 */
public final class RowMatrix implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int features;
  private int rows;
  private int[] starts;
  private int[] columns;
  private float[] values;
  private int[] labels;
  private float[] weights;

  /**
   * @param features number of columns
   */
  public RowMatrix(int features) {
    this(features, 1024, 1 << 16);
  }

  /**
   * With room for so many rows and entries; for more it grows.
   *
   * @param features number of columns
   */
  public RowMatrix(int features, int rowRoom, int entryRoom) {
    this.features = features;
    this.starts = new int[rowRoom + 1];
    this.columns = new int[entryRoom];
    this.values = new float[entryRoom];
    this.labels = new int[rowRoom];
    this.weights = new float[rowRoom];
  }

  /** The rows of another matrix with columns of their own; all else is shared. */
  private RowMatrix(int features, int[] columns, RowMatrix like) {
    this.features = features;
    this.rows = like.rows;
    this.starts = like.starts;
    this.columns = columns;
    this.values = like.values;
    this.labels = like.labels;
    this.weights = like.weights;
  }

  /**
   * Appends a row.
   *
   * @param label class index
   * @param weight row weight, > 0
   */
  public void add(SparseVector vector, int label, float weight) {
    int start = starts[rows];
    int end = reserve(1, vector.size());
    System.arraycopy(vector.indices(), 0, columns, start, vector.size());
    System.arraycopy(vector.values(), 0, values, start, vector.size());
    labels[rows] = label;
    weights[rows] = weight;
    rows++;
    starts[rows] = end;
  }

  /** Appends all rows of another matrix of as many columns. */
  public void append(RowMatrix other) {
    int start = starts[rows];
    int entries = other.starts[other.rows];
    reserve(other.rows, entries);
    System.arraycopy(other.columns, 0, columns, start, entries);
    System.arraycopy(other.values, 0, values, start, entries);
    System.arraycopy(other.labels, 0, labels, rows, other.rows);
    System.arraycopy(other.weights, 0, weights, rows, other.rows);
    for (int row = 1; row <= other.rows; row++) {
      starts[rows + row] = start + other.starts[row];
    }
    rows += other.rows;
  }

  /** Appends a row of another matrix of as many columns, with its label and weight. */
  public void add(RowMatrix other, int row) {
    int from = other.starts[row];
    int length = other.starts[row + 1] - from;
    int start = starts[rows];
    int end = reserve(1, length);
    System.arraycopy(other.columns, from, columns, start, length);
    System.arraycopy(other.values, from, values, start, length);
    labels[rows] = other.labels[row];
    weights[rows] = other.weights[row];
    rows++;
    starts[rows] = end;
  }

  /** A copy of some rows, in the order given. */
  public RowMatrix select(int[] some) {
    RowMatrix selected = new RowMatrix(features);
    int entries = 0;
    for (int row : some) {
      entries = Math.addExact(entries, starts[row + 1] - starts[row]);
    }
    selected.reserve(some.length, entries);
    for (int row : some) {
      selected.add(this, row);
    }
    selected.trim();
    return selected;
  }

  /** Makes room for more rows and entries; returns where the entries will end. */
  private int reserve(int moreRows, int moreEntries) {
    int end = Math.addExact(starts[rows], moreEntries);
    if (end > columns.length) {
      int capacity = (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(end, columns.length * 2L));
      columns = Arrays.copyOf(columns, capacity);
      values = Arrays.copyOf(values, capacity);
    }
    if (rows + moreRows > labels.length) {
      int capacity = Math.max(rows + moreRows, rows * 2);
      starts = Arrays.copyOf(starts, capacity + 1);
      labels = Arrays.copyOf(labels, capacity);
      weights = Arrays.copyOf(weights, capacity);
    }
    return end;
  }

  /** Gives back room that no row takes. */
  public void trim() {
    columns = Arrays.copyOf(columns, starts[rows]);
    values = Arrays.copyOf(values, starts[rows]);
    starts = Arrays.copyOf(starts, rows + 1);
    labels = Arrays.copyOf(labels, rows);
    weights = Arrays.copyOf(weights, rows);
  }

  /**
   * The same rows with other column numbers; all else is shared, so that rows may be added to
   * neither.
   *
   * @param places per column that occurs its new number
   */
  public RowMatrix renumbered(int[] places, int newFeatures) {
    int[] renumbered = new int[starts[rows]];
    for (int at = 0; at < renumbered.length; at++) {
      renumbered[at] = places[columns[at]];
    }
    return new RowMatrix(newFeatures, renumbered, this);
  }

  /**
   * The same rows with other column numbers, without some of their entries.
   *
   * @param places per column its new number, or -1 to leave its entries out
   */
  public RowMatrix selectedColumns(int[] places, int newFeatures) {
    RowMatrix other = new RowMatrix(newFeatures, rows, starts[rows]);
    System.arraycopy(labels, 0, other.labels, 0, rows);
    System.arraycopy(weights, 0, other.weights, 0, rows);
    int to = 0;
    for (int row = 0; row < rows; row++) {
      for (int at = starts[row]; at < starts[row + 1]; at++) {
        int place = places[columns[at]];
        if (place >= 0) {
          other.columns[to] = place;
          other.values[to] = values[at];
          to++;
        }
      }
      other.starts[row + 1] = to;
    }
    other.rows = rows;
    return other;
  }

  /**
   * Some of the rows, copied.
   *
   * @param which rows in the order wanted
   * @param newWeights of these rows, in step
   */
  public RowMatrix select(int[] which, float[] newWeights) {
    int entries = 0;
    for (int row : which) {
      entries = Math.addExact(entries, starts[row + 1] - starts[row]);
    }
    RowMatrix selected = new RowMatrix(features, which.length, entries);
    for (int at = 0; at < which.length; at++) {
      int start = starts[which[at]];
      int size = starts[which[at] + 1] - start;
      System.arraycopy(columns, start, selected.columns, selected.starts[at], size);
      System.arraycopy(values, start, selected.values, selected.starts[at], size);
      selected.starts[at + 1] = selected.starts[at] + size;
      selected.labels[at] = labels[which[at]];
      selected.weights[at] = newWeights[at];
    }
    selected.rows = which.length;
    return selected;
  }

  /**
   * The same rows with other weights; all else is shared.
   *
   * @param newWeights one per row; not to be changed any more
   */
  public RowMatrix reweighted(float[] newWeights) {
    RowMatrix other = new RowMatrix(features, 0, 0);
    other.rows = rows;
    other.starts = starts;
    other.columns = columns;
    other.values = values;
    other.labels = labels;
    other.weights = newWeights;
    return other;
  }

  /** Removes all rows, keeping the room. */
  public void clear() {
    rows = 0;
  }

  /** Refills {@code out} with a row. */
  public void read(int row, SparseVector out) {
    out.clear();
    for (int at = starts[row]; at < starts[row + 1]; at++) {
      out.add(columns[at], values[at]);
    }
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Number of columns. */
  public int features() {
    return features;
  }

  /** Class index of a row. */
  public int label(int row) {
    return labels[row];
  }

  /** Weight of a row. */
  public float weight(int row) {
    return weights[row];
  }

  /** Rows per class. */
  public long[] classCounts(int classes) {
    long[] counts = new long[classes];
    for (int row = 0; row < rows; row++) {
      counts[labels[row]]++;
    }
    return counts;
  }

  /** Bytes held, about. */
  public long bytes() {
    return 8L * columns.length + 12L * labels.length;
  }

  /** Class index per row; do not change. */
  public int[] labels() {
    return labels;
  }

  /** Where each row's entries begin, and the end of the last. */
  public int[] starts() {
    return starts;
  }

  /** Column of each entry, ascending in a row; do not change. */
  public int[] columns() {
    return columns;
  }

  /** Value of each entry; do not change. */
  public float[] values() {
    return values;
  }
}
