package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The planner on made-up sizes: 1 GB for rows, 500 MB for the models of a task. */
class PlanTest {

  private static final Plan.Room ROOM = new Plan.Room(1L << 30, 500L << 20);

  @ParameterizedTest
  @CsvSource({
    // rows fit, the model fits
    "AUTO, 1000, 1000, 2, TASK_PARALLEL",
    "AUTO, 1073741824, 262144, 10, TASK_PARALLEL",
    // rows are a byte too many
    "AUTO, 1073741825, 1000, 2, DATA_PARALLEL",
    // a model of 1,048,576 x 20 weights of 104 bytes is 2 GB
    "AUTO, 1000, 1048576, 20, DATA_PARALLEL",
    "DATA_PARALLEL, 1000, 1000, 2, DATA_PARALLEL",
    "TASK_PARALLEL, 1000, 1048576, 20, TASK_PARALLEL",
  })
  void wholeModelsInTasksWhileRowsAndAModelFit(
      TuneConfig.Plan wish, long rowBytes, long features, int classes, TuneConfig.Plan expected) {
    assertThat(Plan.choose(wish, rowBytes, features, classes, ROOM).kind()).isEqualTo(expected);
  }

  @Test
  void aForcedPlanThatDoesNotFitIsRefusedWithBothSizes() {
    assertThatThrownBy(() -> Plan.choose(TuneConfig.Plan.TASK_PARALLEL, 3L << 30, 1000, 2, ROOM))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("3072 MB")
        .hasMessageContaining("1024 MB")
        .hasMessageContaining("tune.plan: auto");
  }

  @Test
  void thePlanIsToldWithItsEstimate() {
    assertThat(Plan.choose(TuneConfig.Plan.AUTO, 5 << 20, 1023, 2, ROOM).describe(21, 200))
        .isEqualTo(
            "plan: task-parallel; 5.0 MB of counted rows, 21 models of 0.1 MB, at most 200 passes each");
  }
}
