package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens while models are trained over spread rows. */
class DataParallelTest {

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  @BeforeEach
  void table() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat('w', hash(id) % 40, ' k', id % 2) AS text,"
            + " if(hash(id) % 10 = 0, 'a', concat('b', id % 2)) AS label FROM range(600)");
  }

  private LakewrightConfig config(String... more) {
    return Trials.config(
        folder,
        List.of(
            "features.words={ngrams: [1, 1], hash_bits: 10}",
            "learner.tolerance=1e-12",
            "tune={folds: 2, plan: data_parallel}"),
        more);
  }

  @Test
  void ctrlCIsHeardBetweenPasses() {
    LakewrightConfig config = config();
    LabelledRows rows = Trials.rows(config);
    AtomicInteger asked = new AtomicInteger();
    try (CountedSweep counted =
        Trials.count(spark, rows, Counting.of(Trials.trial(config)), config.tune())) {
      assertThatThrownBy(
              () ->
                  counted
                      .runner(spark, rows.classes())
                      .run(
                          List.of(Trials.trial(config)),
                          Map.of(0, Set.of(0, 1)),
                          FoldTask.Effort.of(config.tune(), 1),
                          outcomes -> {},
                          () -> asked.incrementAndGet() > 3))
          .isInstanceOf(TrialRunner.InterruptedRun.class);
    }
    assertThat(asked).hasValue(4);
  }

  @Test
  void oneTrialThatFailsDoesNotSinkTheOthers() throws Exception {
    LakewrightConfig config = config();
    LakewrightConfig stopping = config("learner.early_stopping=3");
    LabelledRows rows = Trials.rows(config);
    Trial good = Trials.trial(config);
    Trial bad =
        new Trial(
            1,
            Map.of(),
            stopping.features(),
            stopping.sampling(),
            stopping.learner(),
            stopping.ensemble());
    try (CountedSweep counted = Trials.count(spark, rows, Counting.of(good), config.tune());
        CachedResults results =
            counted
                .runner(spark, rows.classes())
                .run(
                    List.of(bad, good),
                    Map.of(0, Set.of(0, 1), 1, Set.of(0, 1)),
                    FoldTask.Effort.of(config.tune(), 1),
                    outcomes -> {},
                    () -> false)) {
      List<FoldOutcome> outcomes = results.results().map(FoldTask.Result::outcome).collect();
      assertThat(outcomes)
          .hasSize(4)
          .allSatisfy(
              outcome ->
                  assertThat(outcome.failure())
                      .startsWith(outcome.trial() == 0 ? "" : "learner.early_stopping looks at")
                      .matches(text -> text.isEmpty() == (outcome.trial() == 0)));
      assertThat(results.scores(0)).hasSize(2);
    }
  }
}
