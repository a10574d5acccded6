package dev.lakewright.scoring;

import dev.lakewright.features.RowReader;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.RecordSchema;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Adds predicted class and probabilities to rows. */
public final class RowScoring {

  /** Column of the predicted class, as text. */
  public static final String PREDICTION = "_lw_prediction";

  /** Column of the probabilities, an array in the order of the classifier's labels. */
  public static final String PROBABILITIES = "_lw_probabilities";

  private RowScoring() {}

  /**
   * Scores rows that hold the model's columns: texts and categories as strings, numbers as doubles.
   *
   * @return the rows with {@link #PREDICTION} and {@link #PROBABILITIES} added
   */
  public static Dataset<Row> score(Dataset<Row> rows, PortableModel model) {
    SparkSession session = rows.sparkSession();
    Broadcast<PortableModel> shared =
        JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(model);
    RecordSchema schema = model.classifier().schema();
    RowReader reader = new RowReader(schema, rows.schema());
    StructType scored =
        rows.schema()
            .add(PREDICTION, DataTypes.StringType)
            .add(PROBABILITIES, DataTypes.createArrayType(DataTypes.DoubleType));
    return session.createDataFrame(
        rows.toJavaRDD().mapPartitions(part -> score(part, reader, shared.value())), scored);
  }

  private static Iterator<Row> score(Iterator<Row> rows, RowReader reader, PortableModel model) {
    Classifier classifier = model.classifier();
    List<String> labels = classifier.labels();
    Classifier.Session session = classifier.newSession();
    double[] probabilities = new double[labels.size()];
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Row next() {
        Row row = rows.next();
        int predicted = session.predict(reader.read(row), probabilities);
        Object[] values = widened(row, row.length());
        put(values, labels.get(predicted), probabilities);
        return RowFactory.create(values);
      }
    };
  }

  /** The first values of a row, and places for a class and its probabilities. */
  static Object[] widened(Row row, int width) {
    Object[] values = new Object[width + 2];
    for (int i = 0; i < width; i++) {
      values[i] = row.get(i);
    }
    return values;
  }

  /** Fills the places of {@link #widened}. */
  static void put(Object[] values, String label, double[] probabilities) {
    values[values.length - 2] = label;
    values[values.length - 1] = DoubleStream.of(probabilities).boxed().toArray(Double[]::new);
  }
}
