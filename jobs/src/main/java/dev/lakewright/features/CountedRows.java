package dev.lakewright.features;

import dev.lakewright.augmentation.Copies;
import dev.lakewright.augmentation.RecordDraw;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.FeatureRecord;
import dev.lakewright.model.RecordSchema;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Counts the training rows into blocks. Which rows share a block, and in which order, depends on
 * their keys alone, so that sums over a block are the same on any cluster.
 */
public final class CountedRows implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Folds folds;
  private final FeaturesConfig config;
  private final RecordSchema schema;
  private final Vocabularies vocabularies;
  private final List<String> classes;
  private final Copies copies;

  /**
   * @param copies of the rows, to be counted beside them
   */
  public CountedRows(
      Folds folds,
      FeaturesConfig config,
      RecordSchema schema,
      Vocabularies vocabularies,
      List<String> classes,
      Optional<Copies> copies) {
    this.copies = copies.orElse(null);
    this.folds = folds;
    this.config = config;
    this.schema = schema;
    this.vocabularies = vocabularies;
    this.classes = List.copyOf(classes);
  }

  /** Blocks of about 1,024 rows each, beside their copies; not cached. */
  public JavaRDD<FeatureBlock> blocks(LabelledRows labelled) {
    Dataset<Row> ordered = OrderedRows.of(labelled.training(), labelled.trainingRows());
    RowReader reader = new RowReader(schema, ordered.schema());
    Places places = Places.of(ordered);
    return ordered.toJavaRDD().mapPartitions(rows -> pack(rows, reader, places));
  }

  private Iterator<FeatureBlock> pack(Iterator<Row> rows, RowReader reader, Places places) {
    FeatureCounter counter = new FeatureCounter(config, schema, vocabularies.bySpace());
    FeatureCounts counts = counter.newCounts();
    List<FeatureBlock> blocks = new ArrayList<>();
    FeatureBlock open = null;
    Occurrences occurrences = new Occurrences();
    while (rows.hasNext()) {
      Row row = rows.next();
      int number = row.getInt(places.block);
      if (open == null || open.number() != number) {
        if (open != null) {
          open.trimmed();
        }
        open =
            new FeatureBlock(
                folds,
                number,
                counts.spaces(),
                counts.numbers().length,
                counts.categories().length,
                Optional.ofNullable(copies).map(Copies::selection));
        blocks.add(open);
      }
      FeatureRecord record = reader.read(row);
      counter.count(record, counts);
      open.add(
          row.getLong(places.key),
          row.getString(places.id),
          classes.indexOf(row.getString(places.label)),
          (float) row.getDouble(places.weight),
          row.getInt(places.fold),
          counts);
      if (copies != null) {
        int occurrence = occurrences.next(row.getLong(places.key));
        addCopies(record, occurrence, counter, counts, open);
      }
    }
    if (open != null) {
      open.trimmed();
    }
    return blocks.iterator();
  }

  /** Adds the copies of the last row that some training takes. */
  private void addCopies(
      FeatureRecord record,
      int occurrence,
      FeatureCounter counter,
      FeatureCounts counts,
      FeatureBlock block) {
    int row = block.rows() - 1;
    long draw = RecordDraw.of(copies.seed(), block.key(row), occurrence);
    int most = copies.selection().most(block.part(row), block.label(row), draw);
    for (int copy = 1; copy <= most; copy++) {
      String[] texts = copies.texts().augment(record.texts(), draw, copy);
      counter.count(new FeatureRecord(texts, record.numbers(), record.categories()), counts);
      block.addCopy(copy, draw, counts);
    }
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
          rows.schema().fieldIndex(OrderedRows.BLOCK));
    }
  }
}
