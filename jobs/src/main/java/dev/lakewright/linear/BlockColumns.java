package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;

/**
 * Numbers the columns that occur in a few rows, in the order of their coming, at a cost that does
 * not depend on how many columns there might be. One object serves block after block.
 */
public final class BlockColumns {

  private final int[] places;
  private int[] columns = new int[1024];
  private int size;

  /**
   * @param features number of columns there might be
   */
  public BlockColumns(int features) {
    this.places = new int[features];
    Arrays.fill(places, -1);
  }

  /** The same rows with the columns' new numbers. */
  RowMatrix renumber(RowMatrix rows) {
    for (int i = 0; i < size; i++) {
      places[columns[i]] = -1;
    }
    size = 0;
    int entries = rows.starts()[rows.rows()];
    int[] of = rows.columns();
    for (int at = 0; at < entries; at++) {
      if (places[of[at]] < 0) {
        if (size == columns.length) {
          columns = Arrays.copyOf(columns, size * 2);
        }
        places[of[at]] = size;
        columns[size++] = of[at];
      }
    }
    return rows.renumbered(places, size);
  }

  /** Per new number the column. */
  int[] columns() {
    return Arrays.copyOf(columns, size);
  }
}
