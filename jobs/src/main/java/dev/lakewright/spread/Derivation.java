package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakewright.sampling.Origin;
import java.util.Arrays;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * How rows of the result derive from source rows, as rows of Spark: the source row, the other row
 * or null, the origin, the number among the rows made of the source (0: the source row itself), how
 * far it lies on the way to the other row, and made numbers and categories or null.
 */
public final class Derivation {

  /** Number of a made row among those of its source, from 1; 0 for rows of the source. */
  public static final String NUMBER = "_lw_number";

  public static final String OTHER_ROW = "_lw_other_row";
  public static final String ORIGIN = "_lw_origin";
  public static final String GAP = "_lw_gap";
  public static final String NUMBERS = "_lw_numbers";
  public static final String CATEGORIES = "_lw_categories";

  public static final StructType SCHEMA =
      new StructType()
          .add(EncodedRows.ROW, DataTypes.LongType)
          .add(OTHER_ROW, DataTypes.LongType)
          .add(ORIGIN, DataTypes.StringType)
          .add(NUMBER, DataTypes.IntegerType)
          .add(GAP, DataTypes.DoubleType)
          .add(NUMBERS, DataTypes.createArrayType(DataTypes.DoubleType))
          .add(CATEGORIES, DataTypes.createArrayType(DataTypes.StringType));

  private Derivation() {}

  /** Whether a row is made. */
  public static Column isMade() {
    return col(NUMBER).gt(0);
  }

  /** An origin as it is written. */
  public static Column origin(Origin origin) {
    return lit(word(origin));
  }

  /** The same as text. */
  public static String word(Origin origin) {
    return origin.name().toLowerCase(Locale.ROOT);
  }

  /** Derivations of rows of the source that stay. */
  public static Dataset<Row> kept(Dataset<Row> numbers) {
    Column[] columns =
        Arrays.stream(SCHEMA.fields())
            .map(
                field ->
                    switch (field.name()) {
                      case EncodedRows.ROW -> col(EncodedRows.ROW);
                      case ORIGIN -> origin(Origin.ORIGINAL).as(field.name());
                      case NUMBER -> lit(0).as(field.name());
                      default -> lit(null).cast(field.dataType()).as(field.name());
                    })
            .toArray(Column[]::new);
    return numbers.select(columns);
  }

  /** A row of the source. */
  public static Row kept(long row) {
    return RowFactory.create(row, null, word(Origin.ORIGINAL), 0, null, null, null);
  }

  /** A copy. */
  public static Row copy(long row, int number) {
    return RowFactory.create(row, null, word(Origin.COPY), number, null, null, null);
  }

  /**
   * A row on a segment.
   *
   * @param gap 0 to 1
   * @param categories null for those of the source row
   */
  public static Row between(long row, long other, int number, double gap, String[] categories) {
    return RowFactory.create(row, other, word(Origin.BETWEEN), number, gap, null, categories);
  }

  /** A row of other values. */
  public static Row of(long row, Origin origin, int number, Double[] numbers, String[] categories) {
    return RowFactory.create(row, null, word(origin), number, null, numbers, categories);
  }
}
