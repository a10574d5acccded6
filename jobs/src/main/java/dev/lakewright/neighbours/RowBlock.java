package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/** Rows of one width with the keys that name them. */
public sealed interface RowBlock extends Serializable permits DenseRows, SparseRows {

  /** Names of the rows. Rows of equal content may share a key. */
  long[] keys();

  /** Number of columns. */
  int columns();

  /** Number of rows. */
  default int rows() {
    return keys().length;
  }

  /** All row numbers. */
  default int[] positions() {
    return IntStream.range(0, rows()).toArray();
  }

  /** Bytes held, about. */
  long bytes();

  /** These rows, in this order. */
  RowBlock select(int[] rows);

  /**
   * Squared Euclidean distance in double precision. Dense and sparse rows of equal content give the
   * same bits, since the terms are added in the same order: by column, in four sums.
   *
   * @param other of the same kind and width
   */
  double square(int row, RowBlock other, int otherRow);

  /**
   * The synthetic row on the way from a row to another (Chawla et al., 2002, figure "SMOTE"):
   * {@code row + gap × (other − row)}, computed in double precision and rounded.
   *
   * @param gap per pair, 0 to 1
   * @param names keys of the new rows
   */
  RowBlock between(int[] rows, RowBlock others, int[] otherRows, double[] gap, long[] names);

  /**
   * Checks the values.
   *
   * @throws DataException naming the row's key, when a value is not finite
   */
  void requireFinite();

  /** Appends the rows to a matrix of as many columns. */
  void appendTo(RowMatrix matrix, int label, float weight);

  /** The rows as a matrix, all of class 0 and weight 1. */
  default RowMatrix matrix() {
    RowMatrix matrix = new RowMatrix(columns());
    appendTo(matrix, 0, 1);
    return matrix;
  }

  /** The rows of several blocks of one kind and width, in their order. */
  static RowBlock concatenated(List<? extends RowBlock> blocks) {
    return blocks.get(0) instanceof DenseRows
        ? DenseRows.concatenation(blocks)
        : SparseRows.concatenation(blocks);
  }

  /** All rows of a matrix, whose arrays may be shared. */
  static RowBlock of(RowMatrix matrix, long[] keys, Density density) {
    return density == Density.DENSE ? DenseRows.of(matrix, keys) : SparseRows.of(matrix, keys);
  }

  /**
   * Rows of a matrix, named by their numbers; dense where that is compared faster.
   *
   * @throws DataException when a value is not finite
   */
  static RowBlock of(RowMatrix matrix, int[] rows) {
    RowBlock block =
        Density.of(matrix) == Density.DENSE
            ? DenseRows.of(matrix, rows)
            : SparseRows.of(matrix).select(rows);
    block.requireFinite();
    return block;
  }
}
