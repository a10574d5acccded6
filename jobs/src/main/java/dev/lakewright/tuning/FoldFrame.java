package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.ml.attribute.NominalAttribute;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * The rows of a fold as {@code spark.ml} wants them, weighed by what was learnt without the fold,
 * and cached. To be closed.
 */
record FoldFrame(Dataset<Row> training, Dataset<Row> validation) implements AutoCloseable {

  static final String KEY = "key";
  static final String ID = "id";
  static final String LABEL = "label";
  static final String WEIGHT = "weight";
  static final String FEATURES = "features";

  private static final StructType SCHEMA =
      new StructType()
          .add(KEY, DataTypes.LongType)
          .add(ID, DataTypes.StringType)
          .add(LABEL, DataTypes.DoubleType)
          .add(WEIGHT, DataTypes.DoubleType)
          .add(FEATURES, SQLDataTypes.VectorType());

  static FoldFrame of(
      SparkSession session,
      JavaRDD<FeatureBlock> blocks,
      Broadcast<List<Featurizer>> featurizers,
      int fold,
      List<String> classes,
      FoldTask.Effort effort) {
    JavaRDD<Row> training =
        blocks.flatMap(
            block ->
                rows(
                    block,
                    featurizers.value().get(fold),
                    row -> block.trains(row, fold) && effort.trains(block.key(row))));
    JavaRDD<Row> validation =
        blocks.flatMap(
            block -> rows(block, featurizers.value().get(fold), row -> block.validates(row, fold)));
    return new FoldFrame(frame(session, training, classes), frame(session, validation, classes));
  }

  private static Dataset<Row> frame(SparkSession session, JavaRDD<Row> rows, List<String> classes) {
    var labels =
        NominalAttribute.defaultAttr()
            .withName(LABEL)
            .withValues(classes.toArray(String[]::new))
            .toMetadata();
    return session
        .createDataFrame(rows, SCHEMA)
        .withColumn(LABEL, col(LABEL).as(LABEL, labels))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private interface Choice {
    boolean takes(int row);
  }

  private static Iterator<Row> rows(FeatureBlock block, Featurizer featurizer, Choice choice) {
    List<Row> rows = new ArrayList<>();
    FeatureCounts counts = block.buffer();
    SparseVector vector = new SparseVector();
    for (int row = 0; row < block.rows(); row++) {
      if (choice.takes(row)) {
        block.read(row, counts);
        featurizer.weigh(counts, vector);
        double[] values = new double[vector.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = vector.values()[i];
        }
        rows.add(
            RowFactory.create(
                block.key(row),
                block.name(row),
                (double) block.label(row),
                (double) block.weight(row),
                Vectors.sparse(
                    featurizer.size(), Arrays.copyOf(vector.indices(), values.length), values)));
      }
    }
    return rows.iterator();
  }

  @Override
  public void close() {
    training.unpersist();
    validation.unpersist();
  }
}
