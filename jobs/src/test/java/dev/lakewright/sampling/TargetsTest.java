package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.matrix.RowMatrix;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Targets mean what imbalanced-learn's sampling_strategy does; its counts are the literals. */
class TargetsTest {

  private static long[] counts(RowMatrix table, String... settings) {
    return Tables.counts(Tables.resampler(settings).resample(table, 7).rows());
  }

  @ParameterizedTest
  @CsvSource({
    "random_over, balanced, 36, 36, 36",
    "random_over, minority, 36, 16, 36",
    "random_over, not_minority, 36, 36, 8",
    "random_over, not_majority, 36, 36, 36",
    "random_over, all, 36, 36, 36",
    "random_under, balanced, 8, 8, 8",
    "random_under, majority, 8, 16, 8",
    "random_under, not_minority, 8, 8, 8",
    "random_under, not_majority, 36, 8, 8",
    "random_under, all, 8, 8, 8"
  })
  void namesOfClasses(String method, String target, long a, long b, long c) {
    assertThat(counts(Tables.three(), "method=" + method, "target=" + target))
        .containsExactly(a, b, c, 0);
  }

  @ParameterizedTest
  @CsvSource({
    "random_over, 0.5, 41, 20",
    "random_over, 0.75, 41, 30",
    "random_over, 1, 41, 41",
    "random_under, 0.5, 26, 13",
    "random_under, 0.75, 17, 13",
    "random_under, 1, 13, 13"
  })
  void ratioOfTwoClasses(String method, String ratio, long a, long b) {
    assertThat(counts(Tables.table(2, 3, 41, 13), "method=" + method, "ratio=" + ratio))
        .containsExactly(a, b, 0, 0);
  }

  @Test
  void ratioOfManyClassesHoldsForEachThatIsBeyondIt() {
    assertThat(counts(Tables.three(), "method=smote", "ratio=0.4")).containsExactly(36, 16, 14, 0);
    assertThat(counts(Tables.three(), "method=random_under", "ratio=0.5"))
        .containsExactly(16, 16, 8, 0);
  }

  @Test
  void explicitCountsLeaveOtherClassesAsTheyAre() {
    assertThat(counts(Tables.three(), "method=smote", "counts={c: 20}"))
        .containsExactly(36, 16, 20, 0);
    assertThat(counts(Tables.three(), "method=random_under", "counts={a: 20, b: 16}"))
        .containsExactly(20, 16, 8, 0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method=random_over",
        "method=random_over, target=minority",
        "method=smote, ratio=0.75",
        "method=random_over, counts={c: 20}",
        "method=random_under",
        "method=random_under, target=majority",
        "method=random_under, ratio=0.5",
        "method=random_under, counts={a: 20}"
      })
  void growthIsWhatIsLeftForEachRow(String settings) {
    String[] each = settings.split(", ");
    double left = Arrays.stream(counts(Tables.three(), each)).sum();

    assertThat(Targets.growth(Tables.config(each), sizes())).isEqualTo(left / 60);
  }

  @Test
  void rowsThatAreTakenAsTheyAreGrowToNothingAndWhatIsRefusedStays() {
    assertThat(Targets.growth(Tables.config("method=none"), sizes())).isZero();
    assertThat(Targets.growth(Tables.config("method=tomek"), sizes())).isEqualTo(1);
    assertThat(Targets.growth(Tables.config("method=smote", "counts={a: 35}"), sizes()))
        .isEqualTo(1);
    assertThat(Targets.growth(Tables.config("method=random_over", "ratio=0.1"), sizes()))
        .isEqualTo(1);
  }

  private static ClassCounts sizes() {
    return RowsByClass.of(Tables.three(), Tables.NAMES).sizes();
  }

  @Test
  void cleaningTakesOnlyFromTheClassesNamed() {
    assertThat(counts(Tables.three(), "method=tomek", "target=all")).containsExactly(33, 10, 5, 0);
    assertThat(counts(Tables.three(), "method=tomek", "target=majority"))
        .containsExactly(33, 16, 8, 0);
    assertThat(counts(Tables.three(), "method=tomek", "remove_from=[b, c]"))
        .containsExactly(36, 10, 5, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "method=smote | counts={a: 35} | sampling.counts.a: 35 is fewer than the 36 training rows of the class, and this method makes rows; ask for at least 36, or choose an under-sampling method",
        "method=smote | counts={d: 35} | sampling.counts.d: the class has no training rows to make others from",
        "method=smote | counts={e: 35} | sampling.counts names the class e, but the training rows hold only [a, b, c, d]",
        "method=near_miss_1 | counts={c: 9} | sampling.counts.c: 9 is more than the 8 training rows of the class, and this method removes rows; ask for at most 8, or choose an over-sampling method",
        "method=near_miss_1 | counts={c: 0} | sampling.counts.c: 0 would leave the class without rows; ask for at least 1",
        "method=tomek | remove_from=[e] | sampling.remove_from names the class e, but the training rows hold only [a, b, c, d]",
        "method=random_over | ratio=0.1 | sampling.ratio: 0.1 asks for nothing: no class of a: 36, b: 16, c: 8 has to change against the largest; ask for a larger ratio"
      })
  void impossibleTargetsAreRefusedByName(String method, String target, String message) {
    Resampler resampler = Tables.resampler(method, target);
    assertThatThrownBy(() -> resampler.resample(Tables.three(), 7))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }
}
