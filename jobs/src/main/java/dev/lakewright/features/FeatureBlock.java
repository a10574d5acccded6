package dev.lakewright.features;

import dev.lakewright.augmentation.CopySelection;
import dev.lakewright.config.Folds;
import dev.lakewright.model.FeatureCounts;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Optional;

/**
 * Some rows, counted but not yet weighed, in a few large arrays: what all folds and trials with the
 * same way of counting share. Rows are in ascending order of their keys. Altered copies stand after
 * their row and have its key, name, label, weight and part; they are used for training only.
 */
public final class FeatureBlock implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Folds folds;
  private final int number;
  private final int spaces;
  private final int numberColumns;
  private final int categoryColumns;
  private int rows;
  private long[] keys = new long[64];
  private String[] names = new String[64];
  private int[] labels = new int[64];
  private float[] weights = new float[64];
  private int[] parts = new int[64];
  private int[] ends;
  private double[] numbers;
  private String[] categories;
  private int[] ids = new int[1 << 12];
  private float[] counts = new float[1 << 12];
  private int size;

  /** What is known of copies; all null or empty where there are none. */
  private final CopySelection selection;

  private int[] copies = {};
  private long[] draws = {};

  /**
   * @param folds which parts of the rows train where a fold is held out
   * @param number place of this block among all blocks
   * @param selection of the rows' copies, if there are any
   */
  FeatureBlock(
      Folds folds,
      int number,
      int spaces,
      int numberColumns,
      int categoryColumns,
      Optional<CopySelection> selection) {
    this.selection = selection.orElse(null);
    this.folds = folds;
    this.number = number;
    this.spaces = spaces;
    this.numberColumns = numberColumns;
    this.categoryColumns = categoryColumns;
    this.ends = new int[64 * spaces];
    this.numbers = new double[64 * numberColumns];
    this.categories = new String[64 * categoryColumns];
  }

  /** Appends a row. */
  void add(long key, String name, int label, float weight, int part, FeatureCounts row) {
    if (rows == keys.length) {
      reserveRows(rows * 2);
    }
    keys[rows] = key;
    names[rows] = name;
    labels[rows] = label;
    weights[rows] = weight;
    parts[rows] = part;
    int terms = spaces == 0 ? 0 : row.end(spaces - 1);
    if (size + terms > ids.length) {
      int capacity =
          (int) Math.min(Integer.MAX_VALUE - 8L, Math.max((long) size + terms, size * 2L));
      ids = Arrays.copyOf(ids, capacity);
      counts = Arrays.copyOf(counts, capacity);
    }
    System.arraycopy(row.ids(), 0, ids, size, terms);
    System.arraycopy(row.counts(), 0, counts, size, terms);
    for (int space = 0; space < spaces; space++) {
      ends[rows * spaces + space] = size + row.end(space);
    }
    System.arraycopy(row.numbers(), 0, numbers, rows * numberColumns, numberColumns);
    System.arraycopy(row.categories(), 0, categories, rows * categoryColumns, categoryColumns);
    size += terms;
    rows++;
  }

  /** Appends a copy of the last row, numbered from 1, with features of its own. */
  void addCopy(int copy, long draw, FeatureCounts row) {
    int last = rows - 1;
    add(keys[last], names[last], labels[last], weights[last], parts[last], row);
    copies = copies.length < rows ? Arrays.copyOf(copies, keys.length) : copies;
    draws = draws.length < rows ? Arrays.copyOf(draws, keys.length) : draws;
    copies[last + 1] = copy;
    draws[last + 1] = draw;
  }

  private void reserveRows(int capacity) {
    keys = Arrays.copyOf(keys, capacity);
    names = Arrays.copyOf(names, capacity);
    labels = Arrays.copyOf(labels, capacity);
    weights = Arrays.copyOf(weights, capacity);
    parts = Arrays.copyOf(parts, capacity);
    ends = Arrays.copyOf(ends, capacity * spaces);
    numbers = Arrays.copyOf(numbers, capacity * numberColumns);
    categories = Arrays.copyOf(categories, capacity * categoryColumns);
  }

  /** Gives back the room that growing left over. */
  FeatureBlock trimmed() {
    reserveRows(rows);
    ids = Arrays.copyOf(ids, size);
    counts = Arrays.copyOf(counts, size);
    if (copies.length > 0) {
      copies = Arrays.copyOf(copies, rows);
      draws = Arrays.copyOf(draws, rows);
    }
    return this;
  }

  /** Refills {@code out} with a row. */
  public void read(int row, FeatureCounts out) {
    out.clear();
    int at = row == 0 || spaces == 0 ? 0 : ends[row * spaces - 1];
    for (int space = 0; space < spaces; space++) {
      int end = ends[row * spaces + space];
      out.addAll(ids, counts, at, end);
      at = end;
      out.endSpace();
    }
    System.arraycopy(numbers, row * numberColumns, out.numbers(), 0, numberColumns);
    System.arraycopy(categories, row * categoryColumns, out.categories(), 0, categoryColumns);
  }

  /** The most features that a row can have. */
  public int entries(int row) {
    int from = row == 0 || spaces == 0 ? 0 : ends[row * spaces - 1];
    int terms = spaces == 0 ? 0 : ends[(row + 1) * spaces - 1] - from;
    return terms + numberColumns + categoryColumns;
  }

  /** An empty buffer that rows of this block fit into. */
  public FeatureCounts buffer() {
    return new FeatureCounts(spaces, numberColumns, categoryColumns);
  }

  /** Place of this block among all blocks; keys ascend from block to block. */
  public int number() {
    return number;
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Stable hash of a row. */
  public long key(int row) {
    return keys[row];
  }

  /** Id of a row. */
  public String name(int row) {
    return names[row];
  }

  /** Class index of a row. */
  public int label(int row) {
    return labels[row];
  }

  /** Weight of a row. */
  public float weight(int row) {
    return weights[row];
  }

  /** The part of the folds that a row belongs to: the fold that validates it, where one does. */
  public int part(int row) {
    return parts[row];
  }

  /** Whether a row is an altered copy of another. */
  public boolean isCopy(int row) {
    return row < copies.length && copies[row] > 0;
  }

  /** Whether a row is one to measure on, where a fold is held out. */
  public boolean validates(int row, int fold) {
    return parts[row] == fold && !isCopy(row);
  }

  /**
   * Whether a row is one to train on.
   *
   * @param without the fold that is held out; -1: none is
   */
  public boolean trains(int row, int without) {
    return isCopy(row)
        ? selection.takes(without, parts[row], labels[row], draws[row], copies[row])
        : folds.train(parts[row], without);
  }

  /** Bytes held, about: what broadcasting this block costs. */
  public long bytes() {
    return 8L * size
        + rows * (64L + 4L * spaces + 8L * numberColumns + 32L * categoryColumns)
        + 12L * copies.length;
  }
}
