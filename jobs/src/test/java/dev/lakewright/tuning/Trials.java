package dev.lakewright.tuning;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.LabelledRowsReader;
import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/** What tests of trials need: a configuration, the rows it names, and the trial it stands for. */
final class Trials {

  private Trials() {}

  /** The later settings go over the earlier ones. */
  static LakewrightConfig config(List<String> settings, String... more) {
    return ConfigDocument.load(
            Optional.empty(), Stream.concat(settings.stream(), Stream.of(more)).toList(), Map.of())
        .bind(LakewrightConfig.class);
  }

  /** The same for texts of the table in a folder that {@link #table} wrote. */
  static LakewrightConfig config(Path folder, List<String> settings, String... more) {
    List<String> texts =
        List.of("data.table=" + folder.resolve("table"), "data.id=id", "data.text=[text]");
    return config(Stream.concat(texts.stream(), settings.stream()).toList(), more);
  }

  /** Writes what a query gives as a Delta table in a folder. */
  static void table(Path folder, String query) {
    SparkForTests.session()
        .sql(query)
        .write()
        .format("delta")
        .save(folder.resolve("table").toString());
  }

  /** Rows of the table, for training. */
  static LabelledRows rows(LakewrightConfig config) {
    return new LabelledRowsReader(SparkForTests.session(), config.data())
        .forTraining(
            new DeltaSource(SparkForTests.session())
                .resolve(config.data().table().orElseThrow(), config.data().version()),
            config.tune());
  }

  /** The same, spread over so many partitions. */
  static LabelledRows rows(LakewrightConfig config, int partitions) {
    return spread(rows(config), partitions);
  }

  static LabelledRows spread(LabelledRows rows, int partitions) {
    return new LabelledRows(
        rows.source(),
        rows.schema(),
        rows.training().repartition(partitions),
        rows.test(),
        rows.classes(),
        rows.rows(),
        rows.unlabelled(),
        rows.trainingCounts(),
        rows.testCounts());
  }

  /** Counts rows that no trial resamples in a task. */
  static CountedSweep count(
      JavaSparkContext spark, LabelledRows rows, Counting counting, TuneConfig tune) {
    return CountedSweep.count(spark, rows, counting, tune, Plan.Room.of(spark, 0));
  }

  /** All scores, with who the rows are. */
  static List<FoldScores> scores(CachedResults results) {
    return results.results().flatMap(result -> result.scores().iterator()).collect();
  }

  static Trial trial(LakewrightConfig config) {
    return trial(0, config);
  }

  static Trial trial(int number, LakewrightConfig config) {
    return new Trial(
        number,
        Map.of(),
        config.features(),
        config.sampling(),
        config.learner(),
        config.ensemble());
  }
}
