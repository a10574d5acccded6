package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Resampling within a fold's training rows, which no validation row takes part in. The table is
 * written, read and counted once for all tests, which only read it.
 */
class ResampledFoldsTest {

  private static final int FOLDS = 3;

  private static final Map<String, Counted> COUNTED = new TreeMap<>();

  @TempDir static Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  /** Rows of a configuration, counted. */
  private record Counted(LabelledRows rows, CountedSweep sweep) {

    static Counted of(LakewrightConfig config, int partitions) {
      return COUNTED.computeIfAbsent(
          config.data().label() + config.tune() + partitions,
          absent -> {
            LabelledRows rows = Trials.rows(config, partitions);
            JavaSparkContext spark =
                JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());
            return new Counted(
                rows, Trials.count(spark, rows, Counting.of(Trials.trial(config)), config.tune()));
          });
    }
  }

  @AfterAll
  static void forget() {
    COUNTED.values().forEach(counted -> counted.sweep().close());
    COUNTED.clear();
  }

  @BeforeAll
  static void table() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat_ws(' ', transform(sequence(1, 6), i ->"
            + " concat('w', hash(id, i) % 12, if(id % 6 = 0 AND i < 4, 'rare', '')))) AS text,"
            + " hash(id) % 100 / 10.0 AS height,"
            + " if(id % 6 = 0, 'rare', 'usual') AS label, cast(pmod(hash(id, 5), 3) AS int) AS"
            + " fold, if((id % 6 = 0) = (pmod(hash(id, 5), 3) = 0), 'usual', 'rare') AS"
            + " elsewhere FROM range(420)");
  }

  private LakewrightConfig config(String... settings) {
    return Trials.config(
        folder,
        List.of(
            "data.numeric=[height]",
            "data.split.test=0",
            "features.words={ngrams: [1, 1], hash_bits: 8}",
            "tune.folds=" + FOLDS),
        settings);
  }

  private CachedResults run(LakewrightConfig config) throws Exception {
    Counted counted = Counted.of(config, 2);
    return counted
        .sweep()
        .runner(spark, counted.rows().classes())
        .run(
            List.of(Trials.trial(config)),
            Map.of(0, Set.of(0, 1, 2)),
            FoldTask.Effort.of(config.tune(), 1),
            outcomes -> {},
            () -> false);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "random_over",
        "smote",
        "adasyn",
        "kmeans_smote",
        "random_under",
        "near_miss_1",
        "instance_hardness",
        "cluster_centroids",
        "one_sided",
        "neighbourhood_cleaning",
        "smote_tomek",
        "smote_enn"
      })
  void everyRowIsScoredOnceAsItIsWhateverIsMadeOfTrainingRows(String method) throws Exception {
    LakewrightConfig config = config("sampling.method=" + method);
    try (CachedResults results = run(config)) {
      List<String> ids = new ArrayList<>();
      for (FoldScores scores : Trials.scores(results)) {
        ids.addAll(List.of(scores.ids()));
      }
      assertThat(ids).hasSize(420).doesNotHaveDuplicates();
    }
  }

  /** The labels of the first fold are the marker: whatever learns from them scores otherwise. */
  @ParameterizedTest
  @CsvSource({
    "auto, random_over",
    "auto, smote",
    "auto, random_under",
    "auto, instance_hardness",
    "auto, tomek",
    "auto, smote_enn",
    "data_parallel, random_over",
    "data_parallel, random_under",
    "data_parallel, smote",
    "data_parallel, near_miss_3",
    "data_parallel, smote_enn"
  })
  void labelsOfValidationRowsTellOnNoScore(String plan, String method) throws Exception {
    double[] scores = firstFold(plan, method, "label");

    assertThat(firstFold(plan, method, "elsewhere")).containsExactly(scores);
  }

  /** Scores of the first fold with labels of a column, which agree on the other folds. */
  private double[] firstFold(String plan, String method, String label) throws Exception {
    LakewrightConfig config =
        config(
            "sampling.method=" + method,
            "data.label=" + label,
            "tune.by=column",
            "tune.column=fold",
            "tune.plan=" + plan);
    try (CachedResults results = run(config)) {
      return Trials.scores(results).stream()
          .filter(scores -> scores.fold() == 0)
          .findFirst()
          .orElseThrow()
          .margins();
    }
  }

  @Test
  void sameSeedGivesTheSameModelOnAnyNumberOfPartitions() {
    LakewrightConfig config = config("sampling.method=smote_tomek");
    List<LinearSolution> models = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      Counted counted = Counted.of(config, partitions);
      TrialRunner runner = counted.sweep().runner(spark, counted.rows().classes());
      models.add(
          runner
              .refit(new TrialResult(Trials.trial(config), List.of(), FOLDS), Optional.empty())
              .model()
              .members()
              .get(0));
    }
    for (LinearSolution model : models) {
      assertThat(model.weights()).containsExactly(models.get(0).weights());
      assertThat(model.intercepts()).containsExactly(models.get(0).intercepts());
    }
  }

  @Test
  void rowsAreBalanced() {
    LakewrightConfig config = config("sampling.method=random_over", "sampling.weights=balanced");
    RowMatrix matrix = new RowMatrix(2);
    SparseVector vector = new SparseVector();
    vector.add(1, 1);
    for (int row = 0; row < 10; row++) {
      matrix.add(vector, row < 7 ? 0 : 1, 1);
    }
    Featurizer featurizer = featurizer(config);
    EnsembleRows treated =
        RowTreatment.of(FoldTask.Candidate.of(Trials.trial(config)))
            .apply(
                new EnsembleRows(matrix, Optional.empty(), 2),
                featurizer,
                List.of("usual", "rare"));
    assertThat(treated.training().classCounts(2)).containsExactly(7, 7);
  }

  private Featurizer featurizer(LakewrightConfig config) {
    return Counted.of(config, 2).sweep().featurizerWithout(-1);
  }

  @Test
  void withoutAMethodRowsAreTheVeryOnesThatWereThere() {
    LakewrightConfig config = config();
    RowMatrix matrix = new RowMatrix(1);
    EnsembleRows rows = new EnsembleRows(matrix, Optional.empty(), 2);
    assertThat(
            RowTreatment.of(FoldTask.Candidate.of(Trials.trial(config)))
                .apply(rows, featurizer(config), List.of("usual", "rare")))
        .isSameAs(rows);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "condensed | sampling.method: condensed looks at the features of a fold's rows in one place, but tune.plan: data_parallel spreads them; choose a method that does without, such as smote, random_under, near_miss_1 or tomek, or give executors more memory",
        "random_over, smoothing: 0.5 | sampling.smoothing: 0.5 looks at the features of a fold's rows in one place, but tune.plan: data_parallel spreads them; set sampling.smoothing: 0, write a resampled table with the job resample, or give executors more memory"
      })
  void whatLooksAtFeaturesOfSpreadRowsIsRefusedAndTheLineSaysWhatToDo(
      String method, String refusal) {
    LakewrightConfig config =
        config("sampling={method: " + method + "}", "tune.plan=data_parallel");
    Counted counted = Counted.of(config, 2);
    assertThatThrownBy(
            () ->
                counted
                    .sweep()
                    .runner(spark, counted.rows().classes())
                    .requireSupported(Trials.trial(config), Set.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(refusal);
  }
}
