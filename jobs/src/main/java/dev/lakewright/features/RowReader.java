package dev.lakewright.features;

import dev.lakewright.model.FeatureRecord;
import dev.lakewright.model.RecordSchema;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** Turns Spark rows into the records that a featurizer reads. */
public final class RowReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int[] texts;
  private final int[] numbers;
  private final int[] categories;

  /**
   * @param row type of the rows, which holds every column of the schema: text and categorical
   *     columns as strings, numeric ones as doubles
   */
  public RowReader(RecordSchema schema, StructType row) {
    this.texts = places(schema.text(), row);
    this.numbers = places(schema.numeric(), row);
    this.categories = places(schema.categorical(), row);
  }

  private static int[] places(List<String> names, StructType row) {
    return names.stream().mapToInt(row::fieldIndex).toArray();
  }

  /** The record of a row; null texts become empty, null numbers NaN. */
  public FeatureRecord read(Row row) {
    String[] text = new String[texts.length];
    for (int i = 0; i < texts.length; i++) {
      text[i] = row.isNullAt(texts[i]) ? "" : row.getString(texts[i]);
    }
    double[] number = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      number[i] = row.isNullAt(numbers[i]) ? Double.NaN : row.getDouble(numbers[i]);
    }
    String[] category = new String[categories.length];
    for (int i = 0; i < categories.length; i++) {
      category[i] = row.isNullAt(categories[i]) ? null : row.getString(categories[i]);
    }
    return new FeatureRecord(text, number, category);
  }
}
