package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.augmentation.Copies;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.Folds;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.features.CopyDraws;
import dev.lakewright.features.CountedRows;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.features.FoldStatistics;
import dev.lakewright.features.Vocabularies;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.FeatureRecord;
import dev.lakewright.model.Featurizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No leak through copies: every row says "happy", which every copy replaces by a synonym that no
 * row has. The synonyms are markers: whatever has one was made up.
 */
class AugmentedFoldsTest {

  private static final int FOLDS = 3;
  private static final Folds SCHEME = new Folds(FOLDS, false);
  private static final String MARKERS = "felicitous glad well chosen";

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());
  private LakewrightConfig config;
  private LabelledRows rows;

  @BeforeEach
  void read() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat('happy x', id % 7, if(id % 5 = 0, ' rr', ' cc'))"
            + " AS text, if(id % 5 = 0, 'rare', 'common') AS label FROM range(300)");
    config =
        Trials.config(
            folder,
            List.of(
                "data.split.test=0",
                "features.words={ngrams: [1, 1], hash_bits: 16}",
                "sampling.augmentation={copies: 2, synonyms: 0.1, swap: 0, deletion: 0,"
                    + " insertion: 0}",
                "tune.folds=" + FOLDS));
    rows = Trials.rows(config);
  }

  private JavaRDD<FeatureBlock> counted() {
    Optional<Copies> copies = CopyDraws.of(rows, SCHEME, config.sampling().augmentation());
    return new CountedRows(
            SCHEME, config.features(), rows.schema(), noVocabularies(), rows.classes(), copies)
        .blocks(rows);
  }

  private Vocabularies noVocabularies() {
    return Vocabularies.learn(rows, config.features(), SCHEME);
  }

  private Set<Integer> markers() {
    FeatureCounter counter = new FeatureCounter(config.features(), rows.schema(), Map.of());
    FeatureCounts counts = counter.newCounts();
    counter.count(new FeatureRecord(new String[] {MARKERS}, new double[0], new String[0]), counts);
    return ids(counts);
  }

  private static Set<Integer> ids(FeatureCounts counts) {
    Set<Integer> ids = new HashSet<>();
    Arrays.stream(counts.ids(), 0, counts.end(0)).forEach(ids::add);
    return ids;
  }

  @Test
  void copiesAndNothingElseHaveTheMarkerAndNoneIsValidated() {
    Set<Integer> markers = markers();
    for (FeatureBlock block : counted().collect()) {
      FeatureCounts counts = block.buffer();
      for (int row = 0; row < block.rows(); row++) {
        block.read(row, counts);
        Set<Integer> ids = ids(counts);
        ids.retainAll(markers);
        assertThat(ids.isEmpty()).isNotEqualTo(block.isCopy(row));
        for (int fold = 0; fold < FOLDS; fold++) {
          assertThat(block.validates(row, fold))
              .isEqualTo(!block.isCopy(row) && block.part(row) == fold);
          assertThat(block.trains(row, fold) && block.part(row) == fold).isFalse();
        }
      }
    }
  }

  @Test
  void everyTrainingHasAsManyRowsOfTheRareClassAsItsCopiesAllow() {
    for (int without = -1; without < FOLDS; without++) {
      int[] own = new int[2];
      int[] made = new int[2];
      for (FeatureBlock block : counted().collect()) {
        for (int row = 0; row < block.rows(); row++) {
          if (block.trains(row, without)) {
            (block.isCopy(row) ? made : own)[block.label(row)]++;
          }
        }
      }
      assertThat(made).containsExactly(0, Math.min(2 * own[1], own[0] - own[1]));
    }
  }

  @Test
  void statisticsKnowNothingOfCopies() {
    FoldStatistics statistics =
        FoldStatistics.count(counted(), SCHEME, config.features(), rows.schema(), noVocabularies());
    for (int fold = -1; fold < FOLDS; fold++) {
      Featurizer featurizer = statistics.featurizerWithout(fold);
      assertThat(markers()).allMatch(id -> featurizer.feature(0, id) == -1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"task_parallel", "data_parallel"})
  void everyRowIsScoredOnceAndNoCopyIs(String plan) throws Exception {
    LakewrightConfig planned =
        ConfigDocument.load(
                Optional.empty(), List.of("tune.plan=" + plan, "tune.folds=" + FOLDS), Map.of())
            .bind(LakewrightConfig.class);
    Trial trial =
        new Trial(
            0, Map.of(), config.features(), config.sampling(), config.learner(), config.ensemble());
    try (CountedSweep counted = Trials.count(spark, rows, Counting.of(trial), planned.tune());
        CachedResults results =
            counted
                .runner(spark, rows.classes())
                .run(
                    List.of(trial),
                    Map.of(0, Set.of(0, 1, 2)),
                    FoldTask.Effort.of(planned.tune(), 1),
                    outcomes -> {},
                    () -> false)) {
      List<String> ids = new ArrayList<>();
      Trials.scores(results).forEach(scores -> ids.addAll(List.of(scores.ids())));
      assertThat(ids).hasSize(300).doesNotHaveDuplicates();
    }
  }
}
