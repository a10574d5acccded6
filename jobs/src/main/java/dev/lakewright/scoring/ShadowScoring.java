package dev.lakewright.scoring;

import dev.lakewright.features.RowReader;
import dev.lakewright.model.Classifier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.CollectionAccumulator;

/** Adds a second model's class and probabilities to rows; null where it fails. */
final class ShadowScoring {

  /** Column of the values that the model reads, a struct in its own types; gone afterwards. */
  static final String RECORD = "_lw_shadow_record";

  /** Column of the predicted class, as text. */
  static final String PREDICTION = "_lw_shadow_prediction";

  /** Column of the probabilities, an array in the order of the classifier's labels. */
  static final String PROBABILITIES = "_lw_shadow_probabilities";

  private final Broadcast<PortableModel> model;
  private final CollectionAccumulator<String> failures;

  ShadowScoring(SparkSession session, PortableModel model) {
    this.model = JavaSparkContext.fromSparkContext(session.sparkContext()).broadcast(model);
    this.failures = session.sparkContext().collectionAccumulator("shadow failures");
  }

  /** Why rows could not be scored: the first reason of every part that has any. */
  List<String> failures() {
    return List.copyOf(failures.value());
  }

  /** The rows, whose last column is {@link #RECORD}, with two others in its place. */
  Dataset<Row> score(Dataset<Row> rows) {
    int width = rows.columns().length - 1;
    StructType record = (StructType) rows.schema().apply(RECORD).dataType();
    RowReader reader = new RowReader(model.value().classifier().schema(), record);
    StructType scored =
        new StructType(Arrays.copyOf(rows.schema().fields(), width))
            .add(PREDICTION, DataTypes.StringType)
            .add(PROBABILITIES, DataTypes.createArrayType(DataTypes.DoubleType));
    Broadcast<PortableModel> shared = model;
    CollectionAccumulator<String> reasons = failures;
    return rows.sparkSession()
        .createDataFrame(
            rows.toJavaRDD()
                .mapPartitions(
                    part -> new Scored(part, width, reader, shared.value().classifier(), reasons)),
            scored);
  }

  /** Rows of a part as they are scored. */
  private static final class Scored implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final int width;
    private final RowReader reader;
    private final List<String> labels;
    private final Classifier.Session session;
    private final double[] probabilities;
    private final CollectionAccumulator<String> failures;
    private boolean failed;

    Scored(
        Iterator<Row> rows,
        int width,
        RowReader reader,
        Classifier classifier,
        CollectionAccumulator<String> failures) {
      this.rows = rows;
      this.width = width;
      this.reader = reader;
      this.labels = classifier.labels();
      this.session = classifier.newSession();
      this.probabilities = new double[labels.size()];
      this.failures = failures;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Row next() {
      Row row = rows.next();
      Object[] values = RowScoring.widened(row, width);
      try {
        int predicted = session.predict(reader.read(row.getStruct(width)), probabilities);
        RowScoring.put(values, labels.get(predicted), probabilities);
      } catch (RuntimeException e) {
        // the champion's scores of the row stand
        if (!failed) {
          failures.add(e.getClass().getSimpleName() + ": " + e.getMessage());
          failed = true;
        }
      }
      return RowFactory.create(values);
    }
  }
}
