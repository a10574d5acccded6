package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.Density;
import dev.lakewright.neighbours.RowBlock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Spread rows with what methods compare them by.
 *
 * @param rows {@link #ROW}, {@link ColumnNames#LABEL}, then what {@link Encoding#read} takes
 * @param classes names, by label
 * @param categoryEntry what a category's value counts for in distances
 */
public record EncodedRows(
    Dataset<Row> rows, Encoding encoding, List<String> classes, float categoryEntry) {

  /** A row's 64-bit number, which no other row has. */
  public static final String ROW = "_lw_row";

  /** Place of a row's class among the classes' names. */
  static final String CLASS = "_lw_class";

  private static final int MOST_ROWS = 4096;
  private static final int MOST_ENTRIES = 1 << 20;

  /** Rows whose categories' values are entries of 1. */
  public EncodedRows(Dataset<Row> rows, Encoding encoding, List<String> classes) {
    this(rows, encoding, classes, 1);
  }

  /** Columns of joins. */
  public static Seq<String> joined(String... names) {
    return CollectionConverters.asScala(List.of(names)).toSeq();
  }

  /** The rows, to be compared with another entry for a category's value. */
  EncodedRows categoriesApart(float entry) {
    return new EncodedRows(rows, encoding, classes, entry);
  }

  /** The rows of some classes. */
  EncodedRows where(IntPredicate label) {
    Object[] names =
        IntStream.range(0, classes.size()).filter(label).mapToObj(classes::get).toArray();
    return with(rows.where(col(ColumnNames.LABEL).isin(names)));
  }

  /** The rows that another table names by {@link #ROW}. */
  EncodedRows only(Dataset<Row> named) {
    return with(rows.join(named, joined(ROW), "left_semi"));
  }

  /** What a table tells of these rows by {@link #ROW}. */
  Dataset<Row> of(Dataset<Row> told) {
    return told.join(rows.select(ROW), joined(ROW), "left_semi");
  }

  /** Other rows of the same encoding. */
  EncodedRows with(Dataset<Row> others) {
    return new EncodedRows(others, encoding, classes, categoryEntry);
  }

  /** {@link #ROW} and {@link #CLASS}. */
  Dataset<Row> labels() {
    return rows.select(col(ROW), label().as(CLASS));
  }

  private Column label() {
    Map<String, Integer> places = new HashMap<>();
    IntStream.range(0, classes.size()).forEach(place -> places.put(classes.get(place), place));
    UDF1<String, Integer> place = places::get;
    return functions.udf(place, DataTypes.IntegerType).apply(col(ColumnNames.LABEL));
  }

  /** Rows per class. */
  long[] counts() {
    long[] counts = new long[classes.size()];
    rows.groupBy(ColumnNames.LABEL)
        .count()
        .collectAsList()
        .forEach(row -> counts[classes.indexOf(row.getString(0))] = row.getLong(1));
    return counts;
  }

  /** The rows with their numbers as keys. */
  JavaRDD<RowBlock> blocks() {
    Encoding reading = encoding;
    float entry = categoryEntry;
    Density density = Density.of(1, encoding.features(), encoding.entries());
    return rows.toJavaRDD()
        .mapPartitions(arriving -> new Blocks(arriving, reading, entry, density));
  }

  /** Rows gathered block by block. */
  private record Blocks(Iterator<Row> rows, Encoding encoding, float categoryEntry, Density density)
      implements Iterator<RowBlock> {

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public RowBlock next() {
      int width = density == Density.DENSE ? encoding.features() : encoding.entries();
      int most = Math.max(1, Math.min(MOST_ROWS, MOST_ENTRIES / Math.max(1, width)));
      long[] keys = new long[most];
      RowMatrix matrix = new RowMatrix(encoding.features());
      SparseVector vector = new SparseVector();
      while (rows.hasNext() && matrix.rows() < most) {
        Row row = rows.next();
        keys[matrix.rows()] = row.getLong(0);
        encoding.read(row, categoryEntry, vector);
        matrix.add(vector, 0, 1);
      }
      matrix.trim();
      return RowBlock.of(matrix, Arrays.copyOf(keys, matrix.rows()), density);
    }
  }
}
