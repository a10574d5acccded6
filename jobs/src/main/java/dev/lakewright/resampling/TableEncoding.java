package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.config.DataConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.Columns;
import dev.lakewright.spread.EncodedRows;
import dev.lakewright.spread.Encoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How the rows of a table become rows of numbers: first the numeric columns, then for each
 * categorical column one column per value. An empty category has no entry.
 *
 * @param values per categorical column, ascending
 */
record TableEncoding(List<String> numeric, List<String> categorical, List<List<String>> values)
    implements Encoding {

  /** Values of categorical columns that are told apart. */
  private static final int MOST_VALUES = 100_000;

  /**
   * @throws DataException for a categorical column of too many values
   */
  static TableEncoding of(SourceTable source) {
    DataConfig data = source.data();
    List<List<String>> values = new ArrayList<>();
    data.categorical().forEach(name -> values.add(values(source, name)));
    return new TableEncoding(data.numeric(), data.categorical(), values);
  }

  private static List<String> values(SourceTable source, String name) {
    Column value = ColumnNames.quoted(name).cast("string");
    List<Row> found =
        source
            .labelled()
            .where(value.isNotNull())
            .select(value)
            .distinct()
            .limit(MOST_VALUES + 1)
            .collectAsList();
    if (found.size() > MOST_VALUES) {
      throw new DataException(
          "column %s (data.categorical) of table %s holds more than %d different values; leave it out, and made rows take the value of the row that they stem from"
              .formatted(name, source.version().table(), MOST_VALUES));
    }
    return found.stream().map(row -> row.getString(0)).sorted().toList();
  }

  /** The columns that {@link #read} takes: row number, label, numbers, categories. */
  Dataset<Row> select(Dataset<Row> numbered) {
    List<Column> columns = new ArrayList<>();
    columns.add(col(EncodedRows.ROW));
    columns.add(col(ColumnNames.LABEL));
    numeric.forEach(name -> columns.add(ColumnNames.quoted(name).cast("double")));
    categorical.forEach(name -> columns.add(ColumnNames.quoted(name).cast("string")));
    return numbered.select(columns.toArray(Column[]::new));
  }

  /** Refills a vector with a row, whose categories' values are entries of 1. */
  void read(Row row, SparseVector out) {
    read(row, 1, out);
  }

  @Override
  public void read(Row row, float entry, SparseVector out) {
    out.clear();
    for (int i = 0; i < numeric.size(); i++) {
      float value = (float) row.getDouble(2 + i);
      if (value != 0) {
        out.add(i, value);
      }
    }
    int start = numeric.size();
    for (int i = 0; i < categorical.size(); i++) {
      String value = row.getString(2 + numeric.size() + i);
      if (value != null && entry != 0) {
        out.add(start + Collections.binarySearch(values.get(i), value), entry);
      }
      start += values.get(i).size();
    }
  }

  @Override
  public int features() {
    return numeric.size() + values.stream().mapToInt(List::size).sum();
  }

  @Override
  public int entries() {
    return numeric.size() + categorical.size();
  }

  /** What the columns of the encoded rows are. */
  Columns columns() {
    int[] categories = new int[features()];
    Arrays.fill(categories, 0, numeric.size(), -1);
    int start = numeric.size();
    for (int i = 0; i < categorical.size(); i++) {
      Arrays.fill(categories, start, start + values.get(i).size(), i);
      start += values.get(i).size();
    }
    return new Columns(categories);
  }

  /** Refills an array with the numbers of an encoded row. */
  void numbers(RowMatrix matrix, int row, double[] out) {
    Arrays.fill(out, 0);
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      if (matrix.columns()[at] < out.length) {
        out[matrix.columns()[at]] = matrix.values()[at];
      }
    }
  }

  /**
   * The categories of an encoded row: of each the value of the largest entry, of equal ones the
   * first; null where the entries leave more than that to an empty category.
   */
  String[] categories(RowMatrix matrix, int row) {
    String[] chosen = new String[categorical.size()];
    int at = matrix.starts()[row];
    int end = matrix.starts()[row + 1];
    while (at < end && matrix.columns()[at] < numeric.size()) {
      at++;
    }
    int start = numeric.size();
    for (int i = 0; i < chosen.length; i++) {
      int next = start + values.get(i).size();
      float largest = 0;
      float sum = 0;
      for (; at < end && matrix.columns()[at] < next; at++) {
        float share = matrix.values()[at];
        sum += share;
        if (share > largest) {
          largest = share;
          chosen[i] = values.get(i).get(matrix.columns()[at] - start);
        }
      }
      if (1 - sum > largest) {
        chosen[i] = null;
      }
      start = next;
    }
    return chosen;
  }
}
