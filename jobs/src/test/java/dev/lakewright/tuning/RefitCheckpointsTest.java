package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.Classifier;
import dev.lakewright.registry.DyingStore;
import dev.lakewright.registry.ObjectStore;
import dev.lakewright.registry.ObjectStores;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A training on all rows, over spread rows, that dies and is started again. */
class RefitCheckpointsTest {

  private static final Duration ALWAYS = Duration.ZERO;

  private final List<String> said = new ArrayList<>();

  @TempDir Path folder;

  private void table() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat_ws(' ', transform(sequence(1, 6), i ->"
            + " concat('w', hash(id, i) % 40, if(i < 3, concat('k', id % 3), '')))) AS text,"
            + " if(hash(id) % 10 = 0, 'noise', concat('c', id % 3)) AS label FROM range(300)");
  }

  private LakewrightConfig config(String... more) {
    return Trials.config(
        folder,
        List.of(
            "features.words={ngrams: [1, 1], hash_bits: 8}",
            "learner.l2=1e-5",
            "learner.tolerance=1e-10",
            "tune.folds=2",
            "tune.plan=data_parallel"),
        more);
  }

  private ObjectStore store() {
    return ObjectStores.open(folder.resolve("sweeps").toString(), Map.of());
  }

  private RefitCheckpoints checkpoints(ObjectStore store) {
    return new RefitCheckpoints(store, "rows", said::add, ALWAYS);
  }

  /** A training that can be done again and again. */
  private record Training(TrialRunner runner, TrialResult trial, Optional<Classifier> start) {

    static Training of(TrialRunner runner, LakewrightConfig config, Optional<Classifier> start) {
      return new Training(runner, new TrialResult(Trials.trial(config), List.of(), 2), start);
    }

    Refit withoutCheckpoints() {
      return runner.refit(trial, start);
    }

    Refit keeping(RefitCheckpoints checkpoints) {
      return runner.refit(trial, start, checkpoints);
    }
  }

  /** What a much stronger penalty gives: a place to set out from, with a way to go. */
  private Classifier earlier(TrialRunner runner, List<String> classes) {
    Refit refit =
        Training.of(runner, config("learner.l2=1"), Optional.empty()).withoutCheckpoints();
    return new Classifier(
        classes,
        refit.featurizer(),
        refit.scorer(classes.size()),
        new Calibration.Softmax(),
        new Thresholds.MostProbable(),
        Map.of(),
        JsonNodeFactory.instance.objectNode());
  }

  private static void requireSame(Refit one, Refit other) {
    assertThat(one.model().members().get(0).weights())
        .containsExactly(other.model().members().get(0).weights());
    assertThat(one.objective()).isEqualTo(other.objective());
    assertThat(one.model().passes()).isEqualTo(other.model().passes());
    assertThat(one.outcome()).isEqualTo(other.outcome());
  }

  @ParameterizedTest
  @CsvSource({
    "learner.type=logistic, false, 4",
    "learner.type=logistic, true, 2",
    "learner.l1=1e-3, false, 1",
    "learner.type=focal, true, 1"
  })
  void goesOnWhereItWasAndEndsWithTheSameBits(
      String setting, boolean fromAnEarlierModel, int deaths) throws Exception {
    table();
    LakewrightConfig config = config(setting);
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());
    LabelledRows rows = Trials.rows(config, 3);
    try (CountedSweep counted =
        Trials.count(spark, rows, Counting.of(Trials.trial(config)), config.tune())) {
      TrialRunner runner = counted.runner(spark, rows.classes());
      Optional<Classifier> start =
          fromAnEarlierModel ? Optional.of(earlier(runner, rows.classes())) : Optional.empty();
      Training training = Training.of(runner, config, start);
      Refit undisturbed = training.withoutCheckpoints();
      DyingStore immortal = new DyingStore(store(), Integer.MAX_VALUE, new SplittableRandom(1));
      requireSame(training.keeping(checkpoints(immortal)), undisturbed);
      checkpoints(store()).remove();
      assertThat(store().list("checkpoints/rows")).isEmpty();
      assertThat(said).isEmpty();
      assertThat(immortal.done()).as("it looks for two files, then keeps").isGreaterThan(6);

      // where it dies while it writes, half a file is passed over, and the one before counts
      int all = immortal.done();
      List<Integer> places = List.of(all / 2 + 1, 3, 2, all - 1);
      for (int place : places.subList(0, deaths)) {
        DyingStore dying = new DyingStore(store(), place, new SplittableRandom(place));
        assertThatThrownBy(() -> training.keeping(checkpoints(dying)))
            .isInstanceOf(DyingStore.Killed.class);
        requireSame(training.keeping(checkpoints(store())), undisturbed);
        checkpoints(store()).remove();
      }

      DyingStore dying = new DyingStore(store(), all - 1, new SplittableRandom(1));
      assertThatThrownBy(() -> training.keeping(checkpoints(dying)))
          .isInstanceOf(DyingStore.Killed.class);
      checkpoints(store()).removeOthers();
      assertThat(store().list("checkpoints")).as("its own").containsExactly("rows");
      new RefitCheckpoints(store(), "other rows", said::add, ALWAYS).removeOthers();
      assertThat(store().list("checkpoints")).as("nobody goes on from them").isEmpty();
      assertThat(said)
          .hasSizeGreaterThanOrEqualTo(deaths > 1 ? deaths - 1 : 1)
          .allSatisfy(
              line ->
                  assertThat(line)
                      .matches("going on with the training on all rows after \\d+ passes"));
    }
  }
}
