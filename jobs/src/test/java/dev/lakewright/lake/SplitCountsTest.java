package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SplitConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a row's side of the test split follows from the row alone. */
class SplitCountsTest {

  private static final SplitCounts LARGE =
      new SplitCounts(Map.of("ham", 16_001L, "spam", 99_999L), Map.of("ham", 4_000L));
  private static final SplitCounts ONE_SMALL =
      new SplitCounts(Map.of("ham", 16_000L, "spam", 99_999L), Map.of("ham", 4_000L));

  private static SplitConfig split(String settings) {
    return ConfigDocument.load(
            Optional.empty(), List.of("data.label=label", "data.split=" + settings), Map.of())
        .bind(LakewrightConfig.class)
        .data()
        .split();
  }

  @Test
  void classesOfMoreThanTwentyThousandRowsAreCutByTheHashAlone() {
    assertThat(LARGE.isSettled(split("{test: 0.2}"))).isTrue();
    assertThat(ONE_SMALL.isSettled(split("{test: 0.2}"))).isFalse();
  }

  @Test
  void withoutStrataAllRowsCountTogether() {
    assertThat(ONE_SMALL.isSettled(split("{test: 0.2, stratify: false}"))).isTrue();
    assertThat(
            new SplitCounts(Map.of("ham", 16_000L), Map.of("ham", 4_000L))
                .isSettled(split("{test: 0.2, stratify: false}")))
        .isFalse();
  }

  @Test
  void groupsAndColumnsNameTheSideAndNewerRowsMoveTheCutInTime() {
    assertThat(ONE_SMALL.isSettled(split("{by: group, column: thread}"))).isTrue();
    assertThat(ONE_SMALL.isSettled(split("{by: column, column: part}"))).isTrue();
    assertThat(LARGE.isSettled(split("{by: time, column: day}"))).isFalse();
  }

  @Test
  void nothingHeldOutStaysNothing() {
    assertThat(ONE_SMALL.isSettled(split("{test: 0}"))).isTrue();
  }
}
