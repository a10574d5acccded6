package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.tuning.Ladders.Climb;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which trials climb, given what they reach. The loss of trial i is i. */
class LaddersTest {

  /** Fidelities given to each trial. */
  private static Map<Integer, List<Double>> run(Pruner pruner, int trials, int batch) {
    Ladders ladders = new Ladders(pruner);
    Map<Integer, List<Double>> given = new TreeMap<>();
    for (int first = 0; first < trials; first += batch) {
      List<Climb> climbs = new ArrayList<>();
      for (int trial = first; trial < Math.min(trials, first + batch); trial++) {
        climbs.add(ladders.begin(trial));
      }
      finish(ladders, climbs, given);
    }
    finish(ladders, ladders.lastResort(), given);
    return given;
  }

  private static void finish(
      Ladders ladders, List<Climb> climbs, Map<Integer, List<Double>> given) {
    List<Climb> open = climbs;
    while (!open.isEmpty()) {
      for (Climb climb : open) {
        given.computeIfAbsent(climb.trial(), t -> new ArrayList<>()).add(climb.fidelity());
        ladders.finish(climb.trial(), climb.trial());
      }
      open = ladders.promoted();
    }
  }

  private static double effort(Map<Integer, List<Double>> given) {
    return given.values().stream().flatMap(List::stream).mapToDouble(f -> f).sum();
  }

  @Test
  void withoutPruningEveryTrialGetsTheFullEffortOnce() {
    assertThat(run(new NoPruning(), 3, 2))
        .isEqualTo(Map.of(0, List.of(1.0), 1, List.of(1.0), 2, List.of(1.0)));
  }

  @Test
  void successiveHalvingSendsTheBestQuarterUpEachRung() {
    Map<Integer, List<Double>> given = run(new SuccessiveHalving(4, 1.0 / 16), 64, 64);
    assertThat(given.get(3)).containsExactly(1.0 / 16, 0.25, 1.0);
    assertThat(given.get(15)).containsExactly(1.0 / 16, 0.25);
    assertThat(given.get(16)).containsExactly(1.0 / 16);
    assertThat(effort(given)).isEqualTo(4 + 4 + 4);
  }

  @Test
  void inBatchesEveryTrialOfTheBestQuarterSoFarClimbs() {
    Map<Integer, List<Double>> given = run(new SuccessiveHalving(4, 0.25), 16, 4);
    // losses rise: the first trial is the best of its batch, later batches bring no better ones
    assertThat(given.get(0)).containsExactly(0.25, 1.0);
    assertThat(given.entrySet().stream().filter(e -> e.getValue().contains(1.0))).hasSize(4);
  }

  @Test
  void tooFewTrialsForAPromotionStillCompleteOne() {
    Map<Integer, List<Double>> given = run(new SuccessiveHalving(4, 1.0 / 16), 3, 3);
    assertThat(given.get(0)).endsWith(0.25);
    assertThat(run(new SuccessiveHalving(4, 0.25), 3, 3).get(0)).endsWith(1.0);
  }

  @Test
  void medianRuleLeavesTheWorseHalfBehind() {
    Map<Integer, List<Double>> given = run(new MedianRule(2, 0.5), 10, 10);
    assertThat(given.get(4)).containsExactly(0.5, 1.0);
    assertThat(given.get(5)).containsExactly(0.5);
  }

  @Test
  void hyperbandDealsTrialsToLaddersInProportion() {
    Hyperband hyperband = new Hyperband(4, 1.0 / 16);
    assertThat(hyperband.rungs(0)).containsExactly(1.0 / 16, 0.25, 1.0);
    assertThat(hyperband.rungs(2)).containsExactly(1.0);
    int[] counts = new int[3];
    for (int trial = 0; trial < 1000; trial++) {
      counts[hyperband.ladder(trial)]++;
    }
    // 16/3 : 4/2 : 1
    assertThat(counts[0]).isBetween(600, 680);
    assertThat(counts[1]).isBetween(210, 270);
    assertThat(counts[2]).isBetween(90, 150);
  }

  @Test
  void failedTrialsEndWhereTheyFailed() {
    Ladders ladders = new Ladders(new SuccessiveHalving(2, 0.5));
    for (int trial = 0; trial < 4; trial++) {
      ladders.begin(trial);
      ladders.finish(trial, trial == 0 ? Double.NaN : trial);
    }
    assertThat(ladders.promoted()).containsExactly(new Climb(1, 1.0));
  }
}
