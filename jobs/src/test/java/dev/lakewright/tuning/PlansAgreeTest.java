package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.linear.LinearSolution;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Both plans against each other, on rows of two and three classes. */
class PlansAgreeTest {

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  @BeforeEach
  void table() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat_ws(' ', transform(sequence(1, 8), i ->"
            + " concat('w', hash(id, i) % 40, if(i < 3, concat('k', id % 3), '')))) AS text,"
            + " if(hash(id) % 10 = 0, 'noise', concat('c', id % 3)) AS label,"
            + " if(id % 3 = 0 AND hash(id) % 3 = 0, 'rare', 'usual') AS kind,"
            + " 0.25 + pmod(hash(id, 2), 7) AS heavy,"
            + " timestamp_seconds(1000000 + hash(id, 1) % 1000) AS at FROM range(1000)");
  }

  private LakewrightConfig config(String... more) {
    return Trials.config(
        folder,
        List.of(
            "features.words={ngrams: [1, 1], hash_bits: 10}",
            "learner.l2=1e-2",
            "learner.tolerance=1e-12",
            "tune.folds=2"),
        more);
  }

  private static TuneConfig with(TuneConfig tune, String plan) {
    List<String> settings = new ArrayList<>();
    settings.add("tune.folds=" + tune.folds());
    settings.add("tune.by=" + tune.by().name().toLowerCase(Locale.ROOT));
    tune.column().ifPresent(column -> settings.add("tune.column=" + column));
    settings.add("tune.plan=" + plan);
    return Trials.config(settings).tune();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sampling.weights=none",
        "sampling.weights=balanced",
        "sampling.weights=effective_number; data.label=kind",
        "learner.l1=1e-3",
        "sampling.augmentation.copies=3",
        "sampling={weights: balanced, augmentation: {copies: 1, target: all}}",
        "learner.type=focal; learner.alpha={noise: 3}",
        "learner.type=focal; learner.alpha={rare: 3}; data.label=kind",
        "learner.logit_adjustment=1; learner.intercept=false",
        "learner.logit_adjustment=1; sampling.weights=balanced; data.label=kind",
        "sampling.method=random_over",
        "sampling={method: random_over, ratio: 0.7, weights: balanced}; data.weight=heavy",
        "sampling={method: random_over, weights: effective_number}; learner.logit_adjustment=1",
        "sampling={method: random_over, augmentation: {copies: 2}}; learner.l1=1e-3",
        "sampling={method: random_under, weights: balanced}; data.label=kind",
        "sampling={method: random_under, ratio: 0.5}; data.weight=heavy",
        "sampling={method: random_under, augmentation: {copies: 1}}; learner.type=focal",
        "tune={by: time, column: at}; sampling.method=random_under",
        "sampling.method=tomek; data.weight=heavy",
        "sampling={method: enn, agreement: mode}; data.label=kind",
        "sampling={method: all_knn, agreement: mode, augmentation: {copies: 1}}",
        "sampling={method: near_miss_1, weights: balanced}; learner.logit_adjustment=1",
        "sampling.method=one_sided; tune={by: time, column: at}",
        "sampling.method=neighbourhood_cleaning",
        "sampling.method=adasyn; data.weight=heavy",
        "sampling.method=borderline_smote_1",
        "ensemble={type: balanced_bagging, members: 3}; data.weight=heavy",
        "ensemble={type: balanced_bagging, members: 2, replacement: none, ratio: 2}",
        "ensemble={type: balanced_bagging, members: 2, replacement: others}; data.label=kind",
        "ensemble={type: easy_ensemble, members: 2, rounds: 3}; sampling.weights=balanced",
        "ensemble={type: easy_ensemble, members: 2}; tune={by: time, column: at}",
        "tune={by: time, column: at}",
        "tune={by: time, column: at}; sampling={weights: balanced, augmentation: {copies: 2}}"
      })
  void bothPlansGiveTheSameWeightsAndTheSameMetrics(String settings) throws Exception {
    LakewrightConfig config = config(settings.split("; "));
    LabelledRows rows = Trials.rows(config, 3);
    Trial trial = Trials.trial(config);
    float[][] weights = new float[2][];
    double[][] shifts = new double[2][];
    List<?>[] metrics = new List<?>[2];
    String[] plans = {"task_parallel", "data_parallel"};
    for (int i = 0; i < 2; i++) {
      TuneConfig tune = with(config.tune(), plans[i]);
      try (CountedSweep counted =
          Trials.count(spark, rows, Counting.of(Trials.trial(config)), tune)) {
        TrialRunner runner = counted.runner(spark, rows.classes());
        Refit refit = runner.refit(new TrialResult(trial, List.of(), 2), Optional.empty());
        weights[i] = weights(refit);
        shifts[i] = refit.priorShifts();
        try (CachedResults results =
            runner.run(
                List.of(trial),
                Map.of(0, Set.of(0, 1)),
                FoldTask.Effort.of(tune, 1),
                outcomes -> {},
                () -> false)) {
          metrics[i] =
              results.results().collect().stream()
                  .map(FoldTask.Result::outcome)
                  .sorted(Comparator.comparingInt(FoldOutcome::fold))
                  .map(outcome -> outcome.metrics().get("accuracy"))
                  .toList();
        }
      }
    }
    assertThat(weights[0]).hasSameSizeAs(weights[1]);
    for (int i = 0; i < weights[0].length; i++) {
      assertThat(weights[1][i]).isCloseTo(weights[0][i], within(1e-5f));
    }
    assertThat(metrics[1]).isEqualTo(metrics[0]);
    assertThat(shifts[1]).containsExactly(shifts[0], within(1e-12));
  }

  /** Those of all members, one after another. */
  private static float[] weights(Refit refit) {
    List<float[]> members = refit.model().members().stream().map(LinearSolution::weights).toList();
    float[] all = new float[members.stream().mapToInt(weights -> weights.length).sum()];
    int at = 0;
    for (float[] weights : members) {
      System.arraycopy(weights, 0, all, at, weights.length);
      at += weights.length;
    }
    return all;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data_parallel | sampling.weights=balanced",
        "task_parallel | sampling.weights=balanced",
        "task_parallel | tune={by: time, column: at}",
        "data_parallel | tune={by: time, column: at}",
        "data_parallel | sampling.augmentation.copies=2",
        "data_parallel | sampling.method=random_under",
        "data_parallel | sampling={method: random_over, weights: balanced}",
        "data_parallel | sampling={method: smote, weights: balanced}",
        "data_parallel | sampling={method: smote_enn, agreement: mode}",
        "data_parallel | ensemble={type: balanced_bagging, members: 3}",
        "task_parallel | sampling.augmentation={copies: 2, mix_up: 1, mix_up_partners: any}"
      })
  void rowsGiveTheSameBitsOnAnyNumberOfPartitions(String plan, String setting) {
    LakewrightConfig config = config(setting);
    TuneConfig tune = with(config.tune(), plan);
    LabelledRows rows = Trials.rows(config);
    float[] first = null;
    for (int partitions : new int[] {1, 2, 7}) {
      try (CountedSweep counted =
          Trials.count(
              spark, Trials.spread(rows, partitions), Counting.of(Trials.trial(config)), tune)) {
        float[] weights =
            weights(
                counted
                    .runner(spark, rows.classes())
                    .refit(new TrialResult(Trials.trial(config), List.of(), 2), Optional.empty()));
        if (first == null) {
          first = weights;
        }
        assertThat(weights).containsExactly(first);
      }
    }
  }
}
