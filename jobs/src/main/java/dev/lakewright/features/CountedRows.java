package dev.lakewright.features;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.RecordSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts the training rows into blocks. Which rows share a block, and in which order, depends on
 * their keys alone, so that sums over a block are the same on any cluster.
 */
public final class CountedRows implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int ROWS_PER_BLOCK = 1024;

  private final FeaturesConfig config;
  private final RecordSchema schema;
  private final Vocabularies vocabularies;
  private final List<String> classes;

  public CountedRows(
      FeaturesConfig config, RecordSchema schema, Vocabularies vocabularies, List<String> classes) {
    this.config = config;
    this.schema = schema;
    this.vocabularies = vocabularies;
    this.classes = List.copyOf(classes);
  }

  /** Blocks of about 1,024 rows each, not cached. */
  public JavaRDD<FeatureBlock> blocks(LabelledRows labelled) {
    Dataset<Row> training = labelled.training();
    int bits = blockBits(labelled.trainingRows());
    int partitions =
        Math.min(1 << bits, training.sparkSession().sparkContext().defaultParallelism() * 2);
    // the top bits of the key, as a signed order
    String block =
        bits == 0
            ? "0"
            : "cast(shiftrightunsigned(%s ^ shiftleft(1L, 63), %d) as int)"
                .formatted(ColumnNames.KEY, 64 - bits);
    Dataset<Row> ordered =
        training
            .withColumn("_lw_block", expr(block))
            .repartition(partitions, col("_lw_block"))
            .sortWithinPartitions("_lw_block", ColumnNames.KEY, ColumnNames.ID, ColumnNames.LABEL);
    RowReader reader = new RowReader(schema, ordered.schema());
    Places places = Places.of(ordered);
    return ordered.toJavaRDD().mapPartitions(rows -> pack(rows, reader, places));
  }

  static int blockBits(long rows) {
    long blocks = Math.max(1, (rows + ROWS_PER_BLOCK - 1) / ROWS_PER_BLOCK);
    return Math.min(20, 64 - Long.numberOfLeadingZeros(blocks - 1));
  }

  private Iterator<FeatureBlock> pack(Iterator<Row> rows, RowReader reader, Places places) {
    FeatureCounter counter = new FeatureCounter(config, schema, vocabularies.bySpace());
    FeatureCounts counts = counter.newCounts();
    List<FeatureBlock> blocks = new ArrayList<>();
    FeatureBlock open = null;
    while (rows.hasNext()) {
      Row row = rows.next();
      int number = row.getInt(places.block);
      if (open == null || open.number() != number) {
        if (open != null) {
          open.trimmed();
        }
        open =
            new FeatureBlock(
                number, counts.spaces(), counts.numbers().length, counts.categories().length);
        blocks.add(open);
      }
      counter.count(reader.read(row), counts);
      open.add(
          row.getLong(places.key),
          row.getString(places.id),
          classes.indexOf(row.getString(places.label)),
          (float) row.getDouble(places.weight),
          row.getInt(places.fold),
          counts);
    }
    if (open != null) {
      open.trimmed();
    }
    return blocks.iterator();
  }

  private record Places(int key, int id, int label, int weight, int fold, int block)
      implements Serializable {
    static Places of(Dataset<Row> rows) {
      return new Places(
          rows.schema().fieldIndex(ColumnNames.KEY),
          rows.schema().fieldIndex(ColumnNames.ID),
          rows.schema().fieldIndex(ColumnNames.LABEL),
          rows.schema().fieldIndex(ColumnNames.WEIGHT),
          rows.schema().fieldIndex(ColumnNames.FOLD),
          rows.schema().fieldIndex("_lw_block"));
    }
  }
}
