package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * How large a set of rows is.
 *
 * @param columns of each row
 * @param bytes in memory, about
 * @param dense whether rows are held dense
 */
public record RowSize(long rows, int columns, long bytes, boolean dense) implements Serializable {

  private static final RowSize NONE = new RowSize(0, -1, 0, false);

  /**
   * Measures spread rows: one job, which also checks the values.
   *
   * @throws DataException when there are no rows, rows of different width or kind, or values that
   *     are not finite
   */
  static RowSize of(JavaRDD<RowBlock> blocks) {
    RowSize size =
        blocks.mapPartitions(RowSize::ofPartition).collect().stream().reduce(NONE, RowSize::plus);
    if (size.rows == 0) {
      throw new DataException("there are no rows to find neighbours among");
    }
    return size;
  }

  private static Iterator<RowSize> ofPartition(Iterator<RowBlock> blocks) {
    RowSize size = NONE;
    while (blocks.hasNext()) {
      RowBlock block = blocks.next();
      block.requireFinite();
      size =
          size.plus(
              new RowSize(
                  block.rows(), block.columns(), block.bytes(), block instanceof DenseRows));
    }
    return List.of(size).iterator();
  }

  private RowSize plus(RowSize other) {
    if (columns < 0 || other.columns < 0) {
      return columns < 0 ? other : this;
    }
    if (columns != other.columns || dense != other.dense) {
      throw new DataException(
          "some rows have %d columns, others %d; all rows must have the same columns and be all dense or all sparse"
              .formatted(columns, other.columns));
    }
    return new RowSize(rows + other.rows, columns, bytes + other.bytes, dense);
  }

  /** Pairs of rows. */
  double pairs() {
    return rows * (rows - 1.0) / 2;
  }
}
