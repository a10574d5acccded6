package dev.lakewright.stream;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakewright.features.RowReader;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/**
 * Makes features of rows on the cluster and brings them here, a range of keys at a time, so that no
 * more than about {@link #ROWS_AT_ONCE} rows are held.
 */
final class Weighing implements AutoCloseable {

  static final int ROWS_AT_ONCE = 1 << 18;

  private static final String SLICE = "_lw_slice";

  private final Classifier classifier;
  private final Broadcast<Featurizer> featurizer;

  Weighing(JavaSparkContext spark, Classifier classifier) {
    this.classifier = classifier;
    this.featurizer = spark.broadcast(classifier.featurizer());
  }

  /**
   * Hands on the rows in parts, each in order; all rows of a call precede those of the next.
   *
   * @param labelled with {@link ColumnNames#TEST}
   * @param count of them, about
   */
  void forEach(Dataset<Row> labelled, long count, Consumer<List<WeighedPart>> consumer) {
    int bits = bits(count);
    for (long slice = 0; slice < 1L << bits; slice++) {
      consumer.accept(collect(bits == 0 ? labelled : slice(labelled, bits, slice)));
    }
  }

  private static int bits(long count) {
    long slices = Math.max(1, (count + ROWS_AT_ONCE - 1) / ROWS_AT_ONCE);
    return 64 - Long.numberOfLeadingZeros(slices - 1);
  }

  /** Rows whose keys have the given top bits, in signed order. */
  private static Dataset<Row> slice(Dataset<Row> rows, int bits, long slice) {
    return rows.withColumn(
            SLICE,
            expr(
                "shiftrightunsigned(%s ^ shiftleft(1L, 63), %d)"
                    .formatted(ColumnNames.KEY, 64 - bits)))
        .where(col(SLICE).equalTo(slice))
        .drop(SLICE);
  }

  private List<WeighedPart> collect(Dataset<Row> rows) {
    int parts = rows.sparkSession().sparkContext().defaultParallelism() * 2;
    Dataset<Row> sorted =
        rows.coalesce(parts)
            .sortWithinPartitions(
                ColumnNames.KEY, ColumnNames.LABEL, ColumnNames.TEST, ColumnNames.WEIGHT);
    Task task = new Task(featurizer, classifier.labels(), sorted.schema());
    return sorted.toJavaRDD().mapPartitions(task::weigh).collect();
  }

  @Override
  public void close() {
    featurizer.destroy();
  }

  /** What one task does. */
  private record Task(Broadcast<Featurizer> featurizer, List<String> classes, StructType type)
      implements Serializable {

    Iterator<WeighedPart> weigh(Iterator<Row> rows) {
      Featurizer features = featurizer.value();
      RowReader reader = new RowReader(features.schema(), type);
      FeatureCounter counter = features.newCounter();
      FeatureCounts counts = counter.newCounts();
      SparseVector vector = new SparseVector();
      Map<String, Integer> places = new HashMap<>();
      classes.forEach(label -> places.put(label, places.size()));
      int key = type.fieldIndex(ColumnNames.KEY);
      int label = type.fieldIndex(ColumnNames.LABEL);
      int weight = type.fieldIndex(ColumnNames.WEIGHT);
      int test = type.fieldIndex(ColumnNames.TEST);
      WeighedPart part = new WeighedPart(features.size());
      while (rows.hasNext()) {
        Row row = rows.next();
        Integer place = places.get(row.getString(label));
        if (place == null) {
          part.addUnknown(row.getString(label));
          continue;
        }
        counter.count(reader.read(row), counts);
        features.weigh(counts, vector);
        part.matrix().add(vector, place, (float) row.getDouble(weight));
        part.added(row.getLong(key), row.getBoolean(test));
      }
      return List.of(part.trimmed()).iterator();
    }
  }
}
