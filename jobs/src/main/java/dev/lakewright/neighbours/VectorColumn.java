package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.UserDefinedType;

/** Reads rows from a column of vectors, in single precision. */
public final class VectorColumn {

  private static final int MOST_ROWS = 4096;
  private static final int MOST_ENTRIES = 1 << 20;

  private VectorColumn() {}

  /**
   * Blocks of a table's rows.
   *
   * @param key a column of whole numbers that names the rows
   * @param vector a column of {@code spark.ml} vectors, or of arrays of numbers
   * @param density how the rows are to be held
   * @throws DataException when the column holds no vectors, or a vector is missing or has another
   *     width than the one before
   */
  public static JavaRDD<RowBlock> read(
      Dataset<Row> table, String key, String vector, Density density) {
    Cell cell = Cell.of(vector, table.schema().apply(vector).dataType());
    return table
        .select(
            table.col(key).cast(DataTypes.LongType),
            cell instanceof Cell.OfArray
                ? table.col(vector).cast(DataTypes.createArrayType(DataTypes.FloatType))
                : functions.col(vector))
        .queryExecution()
        .toRdd()
        .toJavaRDD()
        .mapPartitions(rows -> new Blocks(rows, cell, density == Density.DENSE));
  }

  /** How a vector is read from a row. */
  private sealed interface Cell extends Serializable {

    /** Appends the vector's entries that are not 0; returns its width. */
    int read(InternalRow row, SparseVector out);

    static Cell of(String column, DataType type) {
      if (type instanceof ArrayType) {
        return new OfArray();
      }
      if (type instanceof UserDefinedType<?> user && user.userClass() == Vector.class) {
        return new OfVector(user);
      }
      throw new DataException(
          "column %s holds %s, not vectors or arrays of numbers; assemble the columns into a vector first"
              .formatted(column, type.simpleString()));
    }

    record OfArray() implements Cell {
      @Override
      public int read(InternalRow row, SparseVector out) {
        float[] values = row.getArray(1).toFloatArray();
        for (int c = 0; c < values.length; c++) {
          if (values[c] != 0) {
            out.add(c, values[c]);
          }
        }
        return values.length;
      }
    }

    record OfVector(UserDefinedType<?> type) implements Cell {
      @Override
      public int read(InternalRow row, SparseVector out) {
        org.apache.spark.ml.linalg.SparseVector vector =
            ((Vector) type.deserialize(row.getStruct(1, 4))).toSparse();
        for (int i = 0; i < vector.indices().length; i++) {
          out.add(vector.indices()[i], (float) vector.values()[i]);
        }
        return vector.size();
      }
    }
  }

  /** Rows gathered block by block. */
  private static final class Blocks implements Iterator<RowBlock> {

    private final Iterator<InternalRow> rows;
    private final Cell cell;
    private final boolean dense;
    private final SparseVector buffer = new SparseVector();
    private int columns = -1;

    Blocks(Iterator<InternalRow> rows, Cell cell, boolean dense) {
      this.rows = rows;
      this.cell = cell;
      this.dense = dense;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public RowBlock next() {
      long[] keys = new long[MOST_ROWS];
      RowMatrix matrix = null;
      int count = 0;
      while (rows.hasNext() && count < MOST_ROWS && !isFull(count, matrix)) {
        keys[count++] = read(rows.next());
        matrix = matrix == null ? new RowMatrix(columns) : matrix;
        matrix.add(buffer, 0, 1);
      }
      return block(matrix, Arrays.copyOf(keys, count));
    }

    private boolean isFull(int count, RowMatrix matrix) {
      return matrix != null
          && (dense ? (long) count * columns : matrix.starts()[count]) >= MOST_ENTRIES;
    }

    private long read(InternalRow row) {
      if (row.isNullAt(0) || row.isNullAt(1)) {
        throw new DataException("a row has no key or no vector; drop such rows first");
      }
      buffer.clear();
      int width = cell.read(row, buffer);
      if (columns >= 0 && width != columns) {
        throw new DataException(
            "the row with key %d has %d columns, others %d; all rows must have the same columns"
                .formatted(row.getLong(0), width, columns));
      }
      columns = width;
      return row.getLong(0);
    }

    private RowBlock block(RowMatrix matrix, long[] keys) {
      matrix.trim();
      return RowBlock.of(matrix, keys, dense ? Density.DENSE : Density.SPARSE);
    }
  }
}
