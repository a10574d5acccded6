package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ListedPointsTest {

  private static final Map<String, Object> ONE = Map.of("learner.l2", 1.0);
  private static final Map<String, Object> OTHER = Map.of("sampling.method", "smote");

  @Test
  void pointsAreAskedInTheirOrderAndOnce() {
    ListedPoints points = new ListedPoints(List.of(ONE, OTHER, ONE));
    assertThat(points.size()).isEqualTo(2);
    assertThat(points.ask(1)).containsExactly(ONE);
    assertThat(points.ask(5)).containsExactly(OTHER);
    assertThat(points.ask(5)).isEmpty();
  }

  @Test
  void aPointThatWasToldIsNotAsked() {
    ListedPoints points = new ListedPoints(List.of(ONE, OTHER));
    points.tell(ONE, 0.5);
    assertThat(points.ask(5)).containsExactly(OTHER);
  }
}
