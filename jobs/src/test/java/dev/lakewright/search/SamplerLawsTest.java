package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.Uniform;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every sampler keeps to. */
class SamplerLawsTest {

  private static final Set<String> LOSSES = Set.of("log", "focal", "hinge");

  /** Asks and tells until there are no more points, or so many. */
  private static List<Map<String, Object>> search(
      Sampler sampler, int trials, ToDoubleFunction<Map<String, Object>> loss) {
    List<Map<String, Object>> points = new ArrayList<>();
    while (points.size() < trials) {
      List<Map<String, Object>> asked = sampler.ask(Math.min(3, trials - points.size()));
      if (asked.isEmpty()) {
        break;
      }
      asked.forEach(point -> sampler.tell(point, loss.applyAsDouble(point)));
      points.addAll(asked);
    }
    return points;
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "quasi_random", "tpe", "genetic"})
  void seedSpaceAndCallsAloneDecide(String name) {
    List<Map<String, Object>> points =
        search(Samplers.of(name, Spaces.every(), 7), 60, Spaces::loss);
    assertThat(search(Samplers.of(name, Spaces.every(), 7), 60, Spaces::loss)).isEqualTo(points);
    assertThat(search(Samplers.of(name, Spaces.every(), 8), 60, Spaces::loss)).isNotEqualTo(points);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid", "random", "quasi_random", "tpe", "genetic"})
  void askingInPiecesIsAskingAtOnce(String name) {
    SearchSpace space = name.equals("grid") ? Spaces.few() : Spaces.every();
    Sampler atOnce = Samplers.of(name, space, 7);
    Sampler inPieces = Samplers.of(name, space, 7);
    for (int round = 0; round < 5; round++) {
      List<Map<String, Object>> four = atOnce.ask(4);
      List<Map<String, Object>> twice = new ArrayList<>(inPieces.ask(2));
      twice.addAll(inPieces.ask(2));
      assertThat(twice).isEqualTo(four);
      for (Sampler sampler : List.of(atOnce, inPieces)) {
        four.forEach(point -> sampler.tell(point, name.equals("grid") ? 0 : Spaces.loss(point)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "quasi_random", "tpe", "genetic"})
  void pointsBelongToTheSpace(String name) {
    List<Map<String, Object>> points =
        search(Samplers.of(name, Spaces.every(), 3), 150, Spaces::loss);
    assertThat(points).hasSize(150).doesNotHaveDuplicates();
    for (Map<String, Object> point : points) {
      String loss = (String) point.get("loss");
      List<String> keys = new ArrayList<>();
      if (loss.equals("focal")) {
        keys.add("gamma");
      }
      keys.addAll(List.of("loss", "uniform", "stepped", "log", "int", "log_int"));
      if (loss.equals("hinge")) {
        keys.add("margin");
      }
      assertThat(point.keySet()).containsExactlyElementsOf(keys);
      assertThat(LOSSES).contains(loss);
      assertThat((Double) point.get("uniform")).isBetween(-5.0, 10.0);
      assertThat((Double) point.get("log")).isBetween(1e-6, 1.0);
      assertThat((Long) point.get("int")).isIn(1L, 3L, 5L, 7L, 9L);
      assertThat((Long) point.get("log_int")).isBetween(1L, 1000L);
      assertThat(Math.round((Double) point.get("stepped") * 20) / 20.0)
          .isEqualTo(point.get("stepped"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid", "random", "quasi_random", "tpe", "genetic"})
  void aSpaceOfFewPointsIsExhausted(String name) {
    List<Map<String, Object>> points =
        search(Samplers.of(name, Spaces.few(), 1), 100, point -> point.size());
    assertThat(points).containsExactlyInAnyOrderElementsOf(Spaces.few().grid()).hasSize(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid", "random", "quasi_random", "tpe", "genetic"})
  void anEmptySpaceAndASingleChoiceHaveOnePoint(String name) {
    assertThat(search(Samplers.of(name, Spaces.of(), 1), 9, point -> 0)).containsExactly(Map.of());
    SearchSpace single = Spaces.of("a", new Choice(List.of("only")));
    assertThat(search(Samplers.of(name, single, 1), 9, point -> 0))
        .containsExactly(Map.of("a", "only"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "quasi_random", "tpe", "genetic"})
  void aRangeOfOneValueHasOnePoint(String name) {
    SearchSpace space = Spaces.of("a", new Uniform(0.1, 0.1), "b", new IntegerRange(4, 4));
    assertThat(search(Samplers.of(name, space, 1), 9, point -> 0))
        .containsExactly(Map.of("a", 0.1, "b", 4L));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "quasi_random", "tpe", "genetic"})
  void choicesAreTheVeryObjectsOfTheSpace(String name) {
    List<Object> ngrams = new ArrayList<>(List.of(1L, 2L));
    SearchSpace space = Spaces.of("n", new Choice(List.of(ngrams)), "x", new Uniform(0, 1));
    assertThat(search(Samplers.of(name, space, 1), 40, point -> 0))
        .allSatisfy(point -> assertThat(point.get("n")).isSameAs(ngrams));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random", "quasi_random", "tpe", "genetic"})
  void failedTrialsDoNotStopASearch(String name) {
    assertThat(search(Samplers.of(name, Spaces.every(), 5), 60, point -> Double.NaN)).hasSize(60);
    assertThat(
            search(
                Samplers.of(name, Spaces.every(), 5),
                60,
                point -> point.get("loss").equals("log") ? Double.NaN : Spaces.loss(point)))
        .hasSize(60);
    assertThat(search(Samplers.of(name, Spaces.every(), 5), 60, point -> Double.POSITIVE_INFINITY))
        .hasSize(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"grid", "random", "quasi_random", "tpe", "genetic"})
  void pointsOfEarlierSweepsAreNotAskedAgain(String name) {
    Sampler sampler = Samplers.of(name, Spaces.few(), 1);
    sampler.tell(Map.of("a", "x", "b", 2L), 0.5);
    sampler.tell(Map.of("a", "z"), 0.4);
    sampler.tell(Map.of("other", "space"), 0.1);
    sampler.tell(Map.of("a", "z", "b", 1L), 0.1);
    sampler.tell(Map.of("a", "x", "b", 9L), 0.1);
    assertThat(search(sampler, 100, point -> 0))
        .hasSize(5)
        .doesNotContain(Map.of("a", "z"), new LinkedHashMap<>(Map.of("a", "x", "b", 2L)));
  }

  @Test
  void anUnknownNameIsRefused() {
    assertThatThrownBy(() -> Samplers.of("bayes", Spaces.few(), 1))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "tune.sampler must be one of grid, random, quasi_random, tpe, genetic, not 'bayes'");
  }
}
