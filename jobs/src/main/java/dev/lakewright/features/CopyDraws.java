package dev.lakewright.features;

import dev.lakewright.augmentation.Copies;
import dev.lakewright.augmentation.CopyPlan;
import dev.lakewright.augmentation.CopySelection;
import dev.lakewright.augmentation.DrawHistogram;
import dev.lakewright.augmentation.RecordDraw;
import dev.lakewright.augmentation.TextAugmentation;
import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.Folds;
import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.LabelledRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Decides which rows have how many copies in which training: two jobs over keys and labels. */
public final class CopyDraws {

  private CopyDraws() {}

  /** What the training knows of a row. */
  private record Drawn(int label, int part, long draw) implements Serializable {}

  /**
   * Decides.
   *
   * @return empty where no texts are altered
   */
  public static Optional<Copies> of(LabelledRows rows, Folds folds, AugmentationConfig config) {
    if (!config.altersTexts()) {
      return Optional.empty();
    }
    TextAugmentation texts = TextAugmentation.of(config);
    JavaRDD<Drawn> drawn = drawn(rows, config.seed()).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      CopySelection selection = select(drawn, rows.classes(), folds, config);
      return Optional.of(new Copies(config.seed(), texts, selection));
    } finally {
      drawn.unpersist();
    }
  }

  private static JavaRDD<Drawn> drawn(LabelledRows rows, long seed) {
    Dataset<Row> ordered =
        OrderedRows.of(
            rows.training()
                .select(ColumnNames.KEY, ColumnNames.ID, ColumnNames.LABEL, ColumnNames.FOLD),
            rows.trainingRows());
    List<String> classes = rows.classes();
    return ordered.toJavaRDD().mapPartitions(part -> drawn(part, seed, classes));
  }

  private static Iterator<Drawn> drawn(Iterator<Row> rows, long seed, List<String> classes) {
    Occurrences occurrences = new Occurrences();
    List<Drawn> drawn = new ArrayList<>();
    while (rows.hasNext()) {
      Row row = rows.next();
      long draw = RecordDraw.of(seed, row.getLong(0), occurrences.next(row.getLong(0)));
      drawn.add(new Drawn(classes.indexOf(row.getString(2)), row.getInt(3), draw));
    }
    return drawn.iterator();
  }

  private static CopySelection select(
      JavaRDD<Drawn> drawn, List<String> classes, Folds folds, AugmentationConfig config) {
    int width = classes.size();
    DrawHistogram histogram =
        drawn
            .mapPartitions(part -> List.of(histogram(part, folds, width)).iterator())
            .treeReduce(DrawHistogram::merge);
    CopyPlan plan = histogram.plan(config, classes);
    Set<CopyPlan.Cell> cells = plan.cells();
    Map<CopyPlan.Cell, List<CopyPlan.Drawn>> found = new HashMap<>();
    if (!cells.isEmpty()) {
      drawn
          .mapToPair(
              row ->
                  new Tuple2<>(
                      CopyPlan.Cell.of(row.label(), row.draw()),
                      new CopyPlan.Drawn(row.part(), row.draw())))
          .filter(pair -> cells.contains(pair._1()))
          .collect()
          .forEach(
              pair -> found.computeIfAbsent(pair._1(), cell -> new ArrayList<>()).add(pair._2()));
    }
    return plan.select(found);
  }

  private static DrawHistogram histogram(Iterator<Drawn> rows, Folds folds, int classes) {
    DrawHistogram histogram = new DrawHistogram(folds, classes);
    rows.forEachRemaining(row -> histogram.add(row.part(), row.label(), row.draw()));
    return histogram;
  }
}
