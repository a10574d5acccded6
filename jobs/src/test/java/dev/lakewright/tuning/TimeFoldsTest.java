package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.FeatureRecord;
import dev.lakewright.model.Featurizer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No leak from the future: every quarter of a year has a word of its own. */
class TimeFoldsTest {

  private static final int FOLDS = 3;

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  @BeforeEach
  void table() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat('a quarter', floor(id / 100)) AS text,"
            + " if(id % 5 = 0, 'rare', 'common') AS label,"
            + " timestamp_seconds(1000000 + id) AS at FROM range(400)");
  }

  private LakewrightConfig config(String... more) {
    return Trials.config(
        folder,
        List.of("data.split.test=0", "tune={by: time, column: at, folds: " + FOLDS + "}"),
        more);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{mode: hash, hash_bits: 16, ngrams: [1, 1]}", "{mode: vocabulary, min_df: 1}"})
  void aFoldsFeaturesAreThoseOfEarlierRows(String words) {
    LakewrightConfig config = config("features.words=" + words);
    LabelledRows rows = Trials.rows(config);
    try (CountedSweep counted =
        Trials.count(spark, rows, Counting.of(Trials.trial(config)), config.tune())) {
      for (int fold = 0; fold < FOLDS; fold++) {
        Featurizer featurizer = counted.featurizerWithout(fold);
        assertThat(quartersKnown(config, rows, featurizer))
            .containsExactlyElementsOf(IntStream.rangeClosed(0, fold).boxed().toList());
      }
    }
  }

  private static List<Integer> quartersKnown(
      LakewrightConfig config, LabelledRows rows, Featurizer featurizer) {
    FeatureCounter counter =
        new FeatureCounter(config.features(), rows.schema(), featurizer.vocabularies());
    FeatureCounts counts = counter.newCounts();
    return IntStream.range(0, 4)
        .filter(
            quarter -> {
              FeatureRecord text =
                  new FeatureRecord(
                      new String[] {"quarter" + quarter}, new double[0], new String[0]);
              counter.count(text, counts);
              return counts.end(0) > 0 && featurizer.feature(0, counts.ids()[0]) >= 0;
            })
        .boxed()
        .toList();
  }

  @Test
  void onlyOlderRowsAndTheirCopiesTrainAndTheOldestAreNotValidated() {
    LakewrightConfig config =
        config("sampling.augmentation={copies: 2, target: all}", "features.words={hash_bits: 16}");
    LabelledRows rows = Trials.rows(config);
    try (CountedSweep counted =
        Trials.count(spark, rows, Counting.of(Trials.trial(config)), config.tune())) {
      long[] validated = new long[FOLDS];
      long[] trained = new long[FOLDS];
      for (FeatureBlock block : counted.blocks().value()) {
        for (int row = 0; row < block.rows(); row++) {
          int quarter = Integer.parseInt(block.name(row).substring(1)) / 100;
          for (int fold = 0; fold < FOLDS; fold++) {
            boolean trains = block.trains(row, fold);
            boolean validates = block.validates(row, fold);
            assertThat(trains).isEqualTo(quarter <= fold);
            assertThat(validates).isEqualTo(quarter == fold + 1 && !block.isCopy(row));
            validated[fold] += validates ? 1 : 0;
            trained[fold] += trains ? 1 : 0;
          }
        }
      }
      assertThat(validated).containsExactly(100, 100, 100);
      assertThat(trained).containsExactly(300, 600, 900);
      Refit all =
          counted
              .runner(spark, rows.classes())
              .refit(new TrialResult(Trials.trial(config), List.of(), FOLDS), Optional.empty());
      assertThat(quartersKnown(config, rows, all.featurizer())).containsExactly(0, 1, 2, 3);
    }
  }
}
