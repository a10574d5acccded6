package dev.lakewright.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.metrics.Metric;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a retraining trains on all rows. */
class CourseTest {

  private static RetrainConfig config(String... settings) {
    return ConfigDocument.load(Optional.empty(), List.of(settings), Map.of())
        .bind(LakewrightConfig.class)
        .retrain();
  }

  private static Course.Situation added(long rows, double days) {
    return new Course.Situation(
        0, Optional.empty(), Optional.empty(), 1000, rows, OptionalDouble.of(days));
  }

  private static Course.Situation obstructed() {
    return new Course.Situation(
        0, Optional.empty(), Optional.of("it is odd"), 1000, 1, OptionalDouble.empty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"full", "incremental", "auto"})
  void afterADeletionItTrainsFromZeroInAnyMode(String mode) {
    Course.Situation deleted =
        new Course.Situation(
            1, Optional.empty(), Optional.empty(), 1000, 0, OptionalDouble.empty());
    assertThat(Course.of(config("retrain.mode=" + mode), deleted))
        .isEqualTo(new Course(false, true, "1 rows that it learnt from were deleted or corrected"));
  }

  @Test
  void whereTheHistoryDoesNotTellItTrainsFromZero() {
    Course.Situation unknown =
        new Course.Situation(
            0, Optional.of("it is gone"), Optional.empty(), 1000, 0, OptionalDouble.empty());
    assertThat(Course.of(config("retrain.mode=incremental"), unknown))
        .isEqualTo(new Course(false, true, "it is gone"));
  }

  @Test
  void ofItselfItIsFullOnceEnoughRowsWereAdded() {
    assertThat(Course.of(config(), added(99, 1000)).incremental()).isTrue();
    assertThat(Course.of(config(), added(100, 0)).incremental()).isFalse();
    assertThat(Course.of(config(), added(100, 0)).forgets()).isFalse();
  }

  @Test
  void ofItselfItIsFullOnceTheLastFullTrainingIsOld() {
    RetrainConfig weekly = config("retrain.full_days=7");
    assertThat(Course.of(weekly, added(1, 6.9)).incremental()).isTrue();
    assertThat(Course.of(weekly, added(1, 7)).incremental()).isFalse();
    Course.Situation ofNoAge =
        new Course.Situation(
            0, Optional.empty(), Optional.empty(), 1000, 1, OptionalDouble.empty());
    assertThat(Course.of(weekly, ofNoAge).reason())
        .isEqualTo("it is not known how old the last full training is (retrain.full_days: 7.0)");
    assertThat(Course.of(config(), ofNoAge).incremental()).isTrue();
  }

  @Test
  void whatCannotGoOnLearningIsTrainedInFullUnlessAskedOtherwise() {
    assertThat(Course.of(config(), obstructed()).reason()).isEqualTo("it is odd");
    assertThat(Course.of(config(), obstructed()).incremental()).isFalse();
    assertThatThrownBy(() -> Course.of(config("retrain.mode=incremental"), obstructed()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "retrain.mode: incremental cannot be done: it is odd; set retrain.mode: full or auto");
  }

  @Test
  void anIncrementGivesWayToAFullTrainingWhereTheChampionDoesWorseOnNewRows() {
    RetrainConfig tenth = config("retrain.full_drop=0.1");
    assertThat(Course.afterDrop(tenth, Metric.MACRO_F1, 0.9, 0.7).orElseThrow().reason())
        .isEqualTo(
            "macro_f1 of the champion is 0.7000 on new rows and was 0.9000 on its test rows (retrain.full_drop: 0.1)");
    assertThat(Course.afterDrop(tenth, Metric.LOG_LOSS, 0.3, 0.5)).isPresent();
    assertThat(Course.afterDrop(tenth, Metric.LOG_LOSS, 0.5, 0.3)).isEmpty();
    assertThat(Course.afterDrop(tenth, Metric.MACRO_F1, Double.NaN, 0.1)).isEmpty();
    RetrainConfig asked = config("retrain.full_drop=0.1", "retrain.mode=incremental");
    assertThat(Course.afterDrop(asked, Metric.MACRO_F1, 0.9, 0.7)).isEmpty();
  }
}
