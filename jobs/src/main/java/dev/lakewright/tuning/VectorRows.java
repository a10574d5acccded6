package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.udf;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.Mixing;
import dev.lakewright.sampling.Segment;
import dev.lakewright.spread.Derivation;
import dev.lakewright.spread.EncodedRows;
import dev.lakewright.spread.Encoding;
import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Weighed rows as a table of Spark: number, class, weight, and the entries packed into bytes.
 *
 * @param rows of {@link #SCHEMA}, with numbers of their own; will be read many times
 * @param features columns of the vectors
 * @param entries of a row, about
 */
record VectorRows(Dataset<Row> rows, int features, int entries) {

  private static final String ENTRIES = "_lw_entries";
  private static final String OTHER_ENTRIES = "_lw_other_entries";
  private static final String OTHER_WEIGHT = "_lw_other_weight";
  private static final int BYTES_PER_ENTRY = Integer.BYTES + Float.BYTES;

  /** Else Spark may send a small table's rows through the driver to all executors. */
  private static final String SHUFFLED = "merge";

  static final StructType SCHEMA =
      new StructType()
          .add(EncodedRows.ROW, DataTypes.LongType)
          .add(ColumnNames.LABEL, DataTypes.StringType)
          .add(ENTRIES, DataTypes.BinaryType)
          .add(ColumnNames.WEIGHT, DataTypes.FloatType);

  /** A row of the schema. */
  static Row row(long number, String label, SparseVector vector, float weight) {
    return RowFactory.create(number, label, packed(vector), weight);
  }

  /** Counts entries: one job. */
  static VectorRows of(Dataset<Row> rows, int features) {
    Row mean = rows.agg(avg(length(col(ENTRIES)))).first();
    double entries = mean.isNullAt(0) ? 1 : mean.getDouble(0) / BYTES_PER_ENTRY;
    return new VectorRows(rows, features, (int) Math.ceil(entries));
  }

  /** To be compared by the methods that look at features. */
  EncodedRows encoded(List<String> classes) {
    return new EncodedRows(rows, new Vectors(features, entries), classes);
  }

  /** How vectors are read from the schema. */
  private record Vectors(int features, int entries) implements Encoding {

    @Override
    public void read(Row row, float categoryEntry, SparseVector out) {
      unpack(row.getAs(2), out);
    }

    @Override
    public List<String> numeric() {
      return List.of();
    }

    @Override
    public List<String> categorical() {
      return List.of();
    }
  }

  /**
   * What derivations tell of, rows that stay and rows made, to be read by {@link #add}; a made row
   * weighs as much as its parents on average.
   */
  Dataset<Row> realized(Dataset<Row> derivations) {
    return realized(derivations, EncodedRows.ROW);
  }

  private Dataset<Row> realized(Dataset<Row> derivations, String number) {
    // rows without another one would all meet in one place
    Dataset<Row> alone = derivations.where(col(Derivation.OTHER_ROW).isNull());
    Dataset<Row> between = derivations.where(col(Derivation.OTHER_ROW).isNotNull());
    return selected(joined(alone), number).union(selected(between(joined(between)), number));
  }

  /** All rows as {@link #realized} has those that stay. */
  Dataset<Row> asTheyAre() {
    return selected(rows.withColumn(Derivation.NUMBER, lit(0)), EncodedRows.ROW);
  }

  private static Dataset<Row> selected(Dataset<Row> some, String number) {
    return some.select(
        col(number).as(EncodedRows.ROW),
        col(ColumnNames.LABEL),
        col(ENTRIES),
        col(ColumnNames.WEIGHT),
        col(Derivation.NUMBER));
  }

  /** The order of rows of {@link #realized}. */
  static Comparator<Row> order() {
    return Comparator.<Row>comparingLong(row -> row.getLong(0))
        .thenComparingInt(row -> row.getInt(4));
  }

  /** The part in which a row of {@link #realized} lies, by its numbers alone. */
  static int part(Row row, int parts) {
    return Mixing.below(parts, Mixing.mix(row.getLong(0), row.getInt(4)));
  }

  /**
   * Adds a row of {@link #realized} to a matrix.
   *
   * @param vector a buffer
   */
  static void add(Row row, List<String> classes, SparseVector vector, RowMatrix out) {
    unpack(row.getAs(2), vector);
    out.add(vector, classes.indexOf(row.getString(1)), row.getFloat(3));
  }

  /**
   * The same in the columns of {@link #SCHEMA}.
   *
   * @param number column of the derivations that numbers the rows
   */
  Dataset<Row> made(Dataset<Row> derivations, String number) {
    return realized(derivations, number).drop(Derivation.NUMBER);
  }

  private Dataset<Row> joined(Dataset<Row> derivations) {
    return derivations.join(rows.hint(SHUFFLED), EncodedRows.ROW);
  }

  private Dataset<Row> between(Dataset<Row> made) {
    Dataset<Row> others =
        rows.select(
            col(EncodedRows.ROW).as(Derivation.OTHER_ROW),
            col(ENTRIES).as(OTHER_ENTRIES),
            col(ColumnNames.WEIGHT).as(OTHER_WEIGHT));
    int columns = features;
    UDF3<byte[], byte[], Double, byte[]> onTheWay =
        (from, to, gap) -> between(columns, from, to, gap);
    Column entries =
        udf(onTheWay, DataTypes.BinaryType)
            .apply(col(ENTRIES), col(OTHER_ENTRIES), col(Derivation.GAP));
    Column mean = col(ColumnNames.WEIGHT).plus(col(OTHER_WEIGHT)).divide(2).cast("float");
    return made.join(others.hint(SHUFFLED), Derivation.OTHER_ROW)
        .withColumn(ENTRIES, entries)
        .withColumn(ColumnNames.WEIGHT, mean);
  }

  private static byte[] between(int features, byte[] from, byte[] to, double gap) {
    SparseVector vector = new SparseVector();
    RowMatrix ends = new RowMatrix(features, 2, (from.length + to.length) / BYTES_PER_ENTRY);
    unpack(from, vector);
    ends.add(vector, 0, 1);
    unpack(to, vector);
    ends.add(vector, 0, 1);
    Segment.read(ends, 0, 1, gap, vector);
    return packed(vector);
  }

  private static byte[] packed(SparseVector vector) {
    ByteBuffer bytes = ByteBuffer.allocate(vector.size() * BYTES_PER_ENTRY);
    for (int i = 0; i < vector.size(); i++) {
      bytes.putInt(vector.indices()[i]).putFloat(vector.values()[i]);
    }
    return bytes.array();
  }

  private static void unpack(byte[] packed, SparseVector out) {
    ByteBuffer bytes = ByteBuffer.wrap(packed);
    out.clear();
    while (bytes.hasRemaining()) {
      out.add(bytes.getInt(), bytes.getFloat());
    }
  }
}
