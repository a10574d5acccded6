package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ensembles as trials of a sweep. */
class EnsembleTrialsTest {

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  private LakewrightConfig config(String... settings) {
    return Trials.config(
        List.of(
            "data.table=" + folder.resolve("table"),
            "data.text=[text]",
            "features.words={ngrams: [1, 1], hash_bits: 8}",
            "ensemble.members=3",
            "ensemble.rounds=2",
            "tune.folds=2"),
        settings);
  }

  /** One row of nine is rare; texts repeat, and with them keys. */
  private void table() {
    SparkForTests.session()
        .sql(
            "SELECT concat_ws(' ', transform(sequence(1, 5), i -> concat('w', hash(id, i) % 9,"
                + " if(i < 3, concat('k', id % 9 div 8), '')))) AS text,"
                + " if(id % 9 = 8 AND hash(id) % 8 > 0, 'rare', 'usual') AS label FROM range(900)")
        .write()
        .format("delta")
        .save(folder.resolve("table").toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"balanced_bagging", "easy_ensemble", "rus_boost"})
  void sameSeedGivesTheSameModelAndScoresOnAnyNumberOfPartitions(String type) throws Exception {
    table();
    LakewrightConfig config = config("ensemble.type=" + type, "ensemble.replacement=all");
    List<TrainedModel> models = new ArrayList<>();
    List<List<FoldScores>> scores = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      LabelledRows rows = Trials.rows(config, partitions);
      try (CountedSweep counted =
          Trials.count(spark, rows, Counting.of(Trials.trial(config)), config.tune())) {
        TrialRunner runner = counted.runner(spark, rows.classes());
        models.add(
            runner
                .refit(new TrialResult(Trials.trial(config), List.of(), 2), Optional.empty())
                .model());
        try (CachedResults results =
            runner.run(
                List.of(Trials.trial(config)),
                Map.of(0, Set.of(0, 1)),
                FoldTask.Effort.of(config.tune(), 1),
                outcomes -> {},
                () -> false)) {
          scores.add(results.scores(0));
        }
      }
    }
    for (int i = 1; i < 3; i++) {
      assertSame(models.get(i), models.get(0));
      for (int fold = 0; fold < 2; fold++) {
        assertThat(scores.get(i).get(fold).margins())
            .containsExactly(scores.get(0).get(fold).margins());
      }
    }
  }

  private static void assertSame(TrainedModel model, TrainedModel other) {
    assertThat(model.votes()).containsExactly(other.votes());
    for (int member = 0; member < model.members().size(); member++) {
      assertThat(model.members().get(member).weights())
          .containsExactly(other.members().get(member).weights());
      assertThat(model.members().get(member).intercepts())
          .containsExactly(other.members().get(member).intercepts());
    }
  }

  @Test
  void whatAnEnsembleIsPartOfWhatATrialDoes() {
    String bagging = Trials.trial(config("ensemble.type=balanced_bagging")).key();

    assertThat(Trials.trial(config("ensemble.type=balanced_bagging", "ensemble.seed=8")).key())
        .isNotEqualTo(bagging);
    assertThat(Trials.trial(config("ensemble.type=none")).key()).isNotEqualTo(bagging);
    assertThat(Trials.trial(config("ensemble.seed=8")).key())
        .isEqualTo(Trials.trial(config()).key());
  }
}
