package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import dev.lakewright.sampling.Origin;
import java.util.Arrays;
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
final class Derivation {

  static final String OTHER_ROW = "_lw_other_row";
  static final String ORIGIN = "_lw_origin";
  static final String GAP = "_lw_gap";
  static final String NUMBERS = "_lw_numbers";
  static final String CATEGORIES = "_lw_categories";

  static final StructType SCHEMA =
      new StructType()
          .add(NumberedRows.ROW, DataTypes.LongType)
          .add(OTHER_ROW, DataTypes.LongType)
          .add(ORIGIN, DataTypes.StringType)
          .add(ResampledColumns.NUMBER, DataTypes.IntegerType)
          .add(GAP, DataTypes.DoubleType)
          .add(NUMBERS, DataTypes.createArrayType(DataTypes.DoubleType))
          .add(CATEGORIES, DataTypes.createArrayType(DataTypes.StringType));

  private Derivation() {}

  /** Derivations of rows of the source that stay. */
  static Dataset<Row> kept(Dataset<Row> numbers) {
    Column[] columns =
        Arrays.stream(SCHEMA.fields())
            .map(
                field ->
                    switch (field.name()) {
                      case NumberedRows.ROW -> col(NumberedRows.ROW);
                      case ORIGIN -> ResampledColumns.origin(Origin.ORIGINAL).as(field.name());
                      case ResampledColumns.NUMBER -> lit(0).as(field.name());
                      default -> lit(null).cast(field.dataType()).as(field.name());
                    })
            .toArray(Column[]::new);
    return numbers.select(columns);
  }

  /** A row of the source. */
  static Row kept(long row) {
    return RowFactory.create(
        row, null, ResampledColumns.word(Origin.ORIGINAL), 0, null, null, null);
  }

  /** A copy. */
  static Row copy(long row, int number) {
    return RowFactory.create(
        row, null, ResampledColumns.word(Origin.COPY), number, null, null, null);
  }

  /**
   * A row on a segment.
   *
   * @param gap 0 to 1
   * @param categories null for those of the source row
   */
  static Row between(long row, long other, int number, double gap, String[] categories) {
    return RowFactory.create(
        row, other, ResampledColumns.word(Origin.BETWEEN), number, gap, null, categories);
  }

  /** A row of other values. */
  static Row of(long row, Origin origin, int number, Double[] numbers, String[] categories) {
    return RowFactory.create(
        row, null, ResampledColumns.word(origin), number, null, numbers, categories);
  }
}
