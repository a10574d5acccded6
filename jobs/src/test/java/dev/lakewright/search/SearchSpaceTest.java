package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.SearchDimension;
import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.Conditional;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.LogUniform;
import dev.lakewright.config.SearchDimension.Uniform;
import dev.lakewright.errors.ConfigException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static SearchSpace space(Object... keysAndDimensions) {
    Map<String, SearchDimension> dimensions = new LinkedHashMap<>();
    for (int i = 0; i < keysAndDimensions.length; i += 2) {
      dimensions.put((String) keysAndDimensions[i], (SearchDimension) keysAndDimensions[i + 1]);
    }
    return new SearchSpace(dimensions);
  }

  @Test
  void gridHoldsEveryCombinationInOrder() {
    SearchSpace space = space("a", new Choice(List.of(1, 2)), "b", new Choice(List.of("x", "y")));
    assertThat(space.grid())
        .containsExactly(
            Map.of("a", 1, "b", "x"),
            Map.of("a", 1, "b", "y"),
            Map.of("a", 2, "b", "x"),
            Map.of("a", 2, "b", "y"));
  }

  @Test
  void emptySpaceHasOnePoint() {
    assertThat(space().grid()).containsExactly(Map.of());
  }

  @Test
  void gridRefusesRanges() {
    assertThatThrownBy(() -> space("learner.l2", new LogUniform(1e-4, 1)).grid())
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "tune.space learner.l2 is a range, which tune.sampler: grid cannot enumerate; list its"
                + " values or set tune.sampler: random");
  }

  @Test
  void gridRefusesMorePointsThanAnyoneMeans() {
    Choice thousand =
        new Choice(List.copyOf(java.util.stream.IntStream.range(0, 1000).boxed().toList()));
    assertThatThrownBy(() -> space("a", thousand, "b", thousand).grid())
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("tune.space has more than 100000 grid points");
  }

  @Test
  void drawsStayInRangeAndSpreadOverIt() {
    SearchSpace space =
        space(
            "u", new Uniform(-1, 1),
            "l", new LogUniform(1e-4, 1),
            "i", new IntegerRange(1, 3),
            "c", new Choice(List.of("x", "y")));
    List<Map<String, Object>> points = space.random(2000, 7);

    assertThat(points).allSatisfy(p -> assertThat((Double) p.get("u")).isBetween(-1.0, 1.0));
    assertThat(points).allSatisfy(p -> assertThat((Double) p.get("l")).isBetween(1e-4, 1.0));
    assertThat(points.stream().map(p -> p.get("i")).distinct())
        .containsExactlyInAnyOrder(1L, 2L, 3L);
    assertThat(points.stream().map(p -> p.get("c")).distinct()).containsExactlyInAnyOrder("x", "y");
    // half of the mass of a log-uniform lies below the geometric mean of its ends
    long below = points.stream().filter(p -> (Double) p.get("l") < 1e-2).count();
    assertThat(below).isBetween(900L, 1100L);
  }

  @Test
  void anAxisIsActiveInTheShareOfTheSpaceThatAllItsAncestorsLeave() {
    Choice four = new Choice(List.of(1L, 2L, 3L, 4L));
    SearchSpace space =
        space(
            "child",
            new Conditional(
                new Uniform(0, 1), Map.of("parent", List.of(1L), "root", List.of(2L, 3L))),
            "parent",
            new Conditional(four, Map.of("root", List.of(1L, 2L))),
            "root",
            four);
    // the root must be 2, for the parent's sake and the child's, and the parent 1
    assertThat(space.activeShare(0)).isEqualTo(1.0 / 16);
    assertThat(space.activeShare(1)).isEqualTo(1.0 / 2);
    assertThat(space.activeShare(2)).isEqualTo(1);
  }

  @Test
  void moreTrialsExtendFewer() {
    SearchSpace space = space("u", new Uniform(0, 1));
    assertThat(space.random(50, 7).subList(0, 20)).isEqualTo(space.random(20, 7));
    assertThat(space.random(20, 8)).isNotEqualTo(space.random(20, 7));
  }
}
