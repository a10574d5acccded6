package dev.lakewright.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.Conditional;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.LogUniform;
import dev.lakewright.config.SearchDimension.Uniform;
import dev.lakewright.search.Importance.Scored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Which parameters matter, on functions of which the analysis of variance is known. */
class ImportanceTest {

  private static final SearchSpace REALS = Spaces.reals(3, 0, 1);

  private static List<Scored> trials(
      SearchSpace space, int count, ToDoubleFunction<Map<String, Object>> score) {
    return space.random(count, 5).stream()
        .map(point -> new Scored(point, score.applyAsDouble(point)))
        .toList();
  }

  private static Importance importance(
      SearchSpace space, int count, ToDoubleFunction<Map<String, Object>> score) {
    return Importance.of(space, trials(space, count, score), 7);
  }

  private static double alone(Importance importance, String key) {
    assertThat(importance.absence()).isEmpty();
    return importance.alone().stream()
        .filter(share -> share.parameters().equals(List.of(key)))
        .findFirst()
        .orElseThrow()
        .mean();
  }

  private static double twiceTheFirst(Map<String, Object> point) {
    return 2 * Spaces.real(point, "x0") + Spaces.real(point, "x1");
  }

  @Test
  void ofASumEachTermsShareOfTheVarianceIsFound() {
    // uniform terms a x have variance a^2 / 12: shares 4/5, 1/5 and nothing
    Importance importance = importance(REALS, 400, ImportanceTest::twiceTheFirst);
    assertThat(alone(importance, "x0")).isCloseTo(0.8, within(0.05));
    assertThat(alone(importance, "x1")).isCloseTo(0.2, within(0.05));
    assertThat(alone(importance, "x2")).isLessThan(0.01);
    assertThat(importance.together()).allSatisfy(s -> assertThat(s.mean()).isLessThan(0.05));
  }

  @Test
  void theMostImportantComesFirstAndSharesAddUpToTheWholeAtMost() {
    Importance importance = importance(REALS, 60, ImportanceTest::twiceTheFirst);
    assertThat(importance.alone())
        .extracting(share -> share.parameters().get(0))
        .containsExactly("x0", "x1", "x2");
    double sum = importance.alone().stream().mapToDouble(Importance.Share::mean).sum();
    assertThat(sum).isBetween(0.7, 1.0);
    assertThat(importance.alone()).allSatisfy(s -> assertThat(s.spread()).isBetween(0.0, 0.2));
  }

  @Test
  void aParameterThatDoesNotMatterHasNextToNothingAlsoAmongNoise() {
    SplittableRandom noise = new SplittableRandom(3);
    Importance importance =
        importance(REALS, 60, point -> Spaces.real(point, "x0") + 0.1 * noise.nextDouble());
    assertThat(alone(importance, "x0")).isGreaterThan(0.9);
    assertThat(alone(importance, "x1")).isLessThan(0.01);
    assertThat(alone(importance, "x2")).isLessThan(0.01);
  }

  @Test
  void whatOnlyTwoExplainTogetherIsTheirInteraction() {
    // the exclusive or of two halves: no main effect at all
    Importance importance =
        importance(
            REALS, 400, p -> Spaces.real(p, "x0") > 0.5 ^ Spaces.real(p, "x1") > 0.5 ? 1 : 0);
    assertThat(alone(importance, "x0") + alone(importance, "x1")).isLessThan(0.1);
    assertThat(importance.together().get(0).parameters()).containsExactlyInAnyOrder("x0", "x1");
    assertThat(importance.together().get(0).mean()).isGreaterThan(0.8);
  }

  @Test
  void parametersCountOnTheirOwnScale() {
    // on a linear scale nine tenths of the range would be one decade of six
    SearchSpace space = Spaces.of("l2", new LogUniform(1e-6, 1), "x", new Uniform(0, 1));
    Importance importance =
        importance(
            space, 300, p -> Math.log10(Spaces.real(p, "l2")) / 6 + 0.5 * Spaces.real(p, "x"));
    assertThat(alone(importance, "l2")).isCloseTo(0.8, within(0.05));
    assertThat(alone(importance, "x")).isCloseTo(0.2, within(0.05));
  }

  @Test
  void valuesOfAChoiceHaveNoOrder() {
    // both terms are 0 or 1 with equal weight
    SearchSpace space =
        Spaces.of("choice", new Choice(List.of("a", "b", "c", "d")), "int", new IntegerRange(0, 1));
    Importance importance =
        importance(
            space,
            100,
            p -> (List.of("b", "d").contains(p.get("choice")) ? 1 : 0) + Spaces.real(p, "int"));
    assertThat(alone(importance, "choice")).isCloseTo(0.5, within(0.01));
    assertThat(alone(importance, "int")).isCloseTo(0.5, within(0.01));
  }

  @Test
  void whereASamplerLookedMostDoesNotMatter() {
    List<Scored> trials = new ArrayList<>(trials(REALS, 300, ImportanceTest::twiceTheFirst));
    for (Map<String, Object> point : Spaces.reals(3, 0.9, 1).random(600, 9)) {
      trials.add(new Scored(point, twiceTheFirst(point)));
    }
    Importance importance = Importance.of(REALS, trials, 7);
    assertThat(alone(importance, "x0")).isCloseTo(0.8, within(0.05));
    assertThat(alone(importance, "x1")).isCloseTo(0.2, within(0.05));
  }

  @Test
  void absenceOfAConditionalParameterIsAValueWhoseEffectIsItsParents() {
    SearchSpace space =
        Spaces.of(
            "gamma", new Conditional(new Uniform(0, 1), Map.of("loss", List.of("focal"))),
            "loss", new Choice(List.of("log", "focal")));
    Importance parent = importance(space, 200, p -> p.get("loss").equals("focal") ? 1 : 0);
    assertThat(alone(parent, "loss")).isCloseTo(1, within(1e-9));
    assertThat(alone(parent, "gamma")).isCloseTo(0, within(1e-9));
    Importance child =
        importance(space, 200, p -> p.containsKey("gamma") ? Spaces.real(p, "gamma") : 0.5);
    assertThat(alone(child, "gamma")).isGreaterThan(10 * alone(child, "loss"));
  }

  @Test
  void theSeedDecides() {
    List<Scored> trials = trials(Spaces.every(), 80, Spaces::loss);
    Importance importance = Importance.of(Spaces.every(), trials, 7);
    assertThat(Importance.of(Spaces.every(), trials, 7)).isEqualTo(importance);
    assertThat(Importance.of(Spaces.every(), trials, 8)).isNotEqualTo(importance);
  }

  @Test
  void trialsWithoutAScoreAreLeftOut() {
    List<Scored> trials = trials(REALS, 50, ImportanceTest::twiceTheFirst);
    List<Scored> more = new ArrayList<>(trials);
    more.add(10, new Scored(Map.of("x0", 0.9, "x1", 0.1, "x2", 0.5), Double.NaN));
    more.add(20, new Scored(Map.of("x0", 0.1, "x1", 0.1, "x2", 0.5), Double.POSITIVE_INFINITY));
    more.add(30, new Scored(Map.of("of", "another space"), 99));
    assertThat(Importance.of(REALS, more, 7)).isEqualTo(Importance.of(REALS, trials, 7));
  }

  @Test
  void aParameterThatNeverVariedIsNotSpokenOf() {
    SearchSpace space =
        Spaces.of("x0", new Uniform(0, 1), "x1", new Uniform(0, 1), "one", new Choice(List.of(1L)));
    assertThat(importance(space, 20, ImportanceTest::twiceTheFirst).alone())
        .extracting(share -> share.parameters().get(0))
        .containsExactly("x0", "x1");
  }

  private static void assertAbsent(Importance importance, String why) {
    assertThat(importance).isEqualTo(new Importance(List.of(), List.of(), why));
  }

  @Test
  void withoutEnoughToGoByThereIsAReasonInsteadOfAnImportance() {
    assertAbsent(
        importance(REALS, 3, ImportanceTest::twiceTheFirst),
        "it takes 4 complete trials, and there are 3");
    assertAbsent(
        importance(REALS, 30, point -> Double.NaN), "it takes 4 complete trials, and there are 0");
    assertAbsent(importance(REALS, 30, point -> 0.1), "all trials score the same");
    assertAbsent(
        importance(Spaces.reals(1, 0, 1), 30, p -> Spaces.real(p, "x0")), "only x0 varies");
    assertAbsent(
        Importance.of(Spaces.of(), Collections.nCopies(5, new Scored(Map.of(), 1)), 7),
        "no parameter varies");
  }

  @Test
  void fourTrialsAreEnough() {
    SearchSpace space =
        Spaces.of("a", new Choice(List.of(1L, 2L)), "b", new Choice(List.of(1L, 2L)));
    List<Scored> trials =
        space.grid().stream().map(p -> new Scored(p, Spaces.real(p, "a"))).toList();
    Importance importance = Importance.of(space, trials, 7);
    assertThat(alone(importance, "a")).isGreaterThan(0.9);
  }
}
