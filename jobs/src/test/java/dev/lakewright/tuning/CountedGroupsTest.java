package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One row of the small class in ten, and a cluster with room for them, but not for many copies. */
class CountedGroupsTest {

  @TempDir Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  private Trial trial(String method) {
    return Trials.trial(config("sampling.method=" + method));
  }

  private LakewrightConfig config(String... more) {
    return Trials.config(
        folder, List.of("features.words={ngrams: [1, 1], hash_bits: 6}", "tune.folds=2"), more);
  }

  private static Plan.Room room(double growth) {
    return new Plan.Room(growth > 1.2 ? 1 : 1L << 30, 1L << 30);
  }

  @Test
  void rowsThatOverSamplingAddsArePlannedForAndTrialsThatAddNoneStayInTasks() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat('w', id % 7) AS text,"
            + " if(id % 10 = 0, 'rare', 'usual') AS label FROM range(300)");
    LabelledRows rows = Trials.rows(config());
    int[] dropped = {0};
    try (CountedGroups groups =
        new CountedGroups(
            spark, rows, config().tune(), () -> dropped[0]++, CountedGroupsTest::room)) {
      TrialRunners runners =
          new TrialRunners(SparkForTests.session(), rows, config().tune(), groups);
      Trial none = trial("none");

      assertThat(runners.plan(none).kind()).isEqualTo(TuneConfig.Plan.TASK_PARALLEL);
      assertThat(runners.plan(trial("random_under")).kind())
          .isEqualTo(TuneConfig.Plan.TASK_PARALLEL);
      assertThat(runners.plan(trial("random_over")).kind())
          .isEqualTo(TuneConfig.Plan.DATA_PARALLEL);
      assertThat(runners.of(trial("random_over"))).isInstanceOf(DataParallel.class);
      assertThat(runners.of(none)).isNotInstanceOf(DataParallel.class);
      assertThat(dropped).containsExactly(0);
    }
  }

  @Test
  void whatResamplingLeavesTakesRoomBesideTheRowsThemselves() {
    long plain = TaskMemory.forRows(spark);

    assertThat(TaskMemory.forRows(spark, 0.1)).isLessThan(plain);
    assertThat(TaskMemory.forRows(spark, 1.9)).isLessThan(TaskMemory.forRows(spark, 0.1));
    assertThat(TaskMemory.forRows(spark, 1.9)).isGreaterThan(plain / 3);
  }
}
