package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.calibration.Calibration;
import dev.lakewright.model.EnsembleScorer.Vote;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class EnsembleScorerTest {

  private static final int FEATURES = 12;

  @Property(tries = 100)
  void softVoteIsTheMeanOfTheMembersProbabilities(
      @ForAll @IntRange(min = 2, max = 6) int classes,
      @ForAll @IntRange(min = 1, max = 9) int members,
      @ForAll long seed) {
    List<LinearScorer> each = members(classes, members, seed);
    double[] votes = new SplittableRandom(seed).doubles(members, 0.1, 3).toArray();
    double[] mean = new double[classes];
    double total = 0;
    for (int member = 0; member < members; member++) {
      double[] probabilities = probabilities(each.get(member));
      for (int k = 0; k < classes; k++) {
        mean[k] += votes[member] * probabilities[k];
      }
      total += votes[member];
    }

    double[] voted = probabilities(new EnsembleScorer(Vote.SOFT, votes, each));

    for (int k = 0; k < classes; k++) {
      assertThat(voted[k]).isCloseTo(mean[k] / total, within(1e-12));
    }
  }

  @Property(tries = 100)
  void boostedVoteSumsTheVotesOfEachDecision(
      @ForAll @IntRange(min = 2, max = 6) int classes,
      @ForAll @IntRange(min = 1, max = 9) int members,
      @ForAll long seed) {
    List<LinearScorer> each = members(classes, members, seed);
    double[] votes = new SplittableRandom(seed).doubles(members, 0.1, 3).toArray();
    double[] sums = new double[classes];
    for (int member = 0; member < members; member++) {
      double[] margins = margins(each.get(member));
      int decision = 0;
      for (int k = 1; k < classes; k++) {
        decision = margins[k] > margins[decision] ? k : decision;
      }
      sums[decision] += votes[member];
    }

    double[] margins = margins(new EnsembleScorer(Vote.BOOSTED, votes, each));

    if (classes == 2) {
      assertThat(margins).containsExactly(0, sums[1] - sums[0]);
    } else {
      assertThat(margins).containsExactly(sums);
    }
  }

  @Test
  void marginsStayFiniteWhereAllMembersAreCertain() {
    LinearScorer certain = new LinearScorer(FEATURES, 2, new float[FEATURES], new double[] {2000});
    LinearScorer three =
        new LinearScorer(FEATURES, 3, new float[3 * FEATURES], new double[] {2000, -2000, 0});

    assertThat(margins(new EnsembleScorer(Vote.SOFT, new double[] {1}, List.of(certain)))[1])
        .isBetween(700.0, 710.0);
    assertThat(margins(new EnsembleScorer(Vote.SOFT, new double[] {1}, List.of(three))))
        .satisfies(margins -> assertThat(Double.isFinite(margins[1])).isTrue());
  }

  @Test
  void weightOfAFeatureIsTheMembersMean() {
    EnsembleScorer scorer =
        new EnsembleScorer(
            Vote.SOFT,
            new double[] {1, 3},
            List.of(
                new LinearScorer(1, 2, new float[] {2}, new double[1]),
                new LinearScorer(1, 2, new float[] {4}, new double[1])));

    assertThat(scorer.weight(0, 1)).isEqualTo(3.5f);
    assertThat(scorer.weight(0, 0)).isEqualTo(-3.5f);
  }

  @Test
  void refusesMembersThatDoNotFit() {
    LinearScorer one = new LinearScorer(1, 2, new float[1], new double[1]);
    LinearScorer wider = new LinearScorer(2, 2, new float[2], new double[1]);
    assertThatThrownBy(
            () -> new EnsembleScorer(Vote.SOFT, new double[] {1, 1}, List.of(one, wider)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "members of an ensemble must agree, but one has 2 features and 2 classes, the first 1 and 2");
    assertThatThrownBy(() -> new EnsembleScorer(Vote.SOFT, new double[] {0}, List.of(one)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a member's vote must be > 0, not 0.0");
    assertThatThrownBy(() -> new EnsembleScorer(Vote.SOFT, new double[0], List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an ensemble needs members and a vote for each, not 0 and 0");
  }

  private static List<LinearScorer> members(int classes, int members, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return Stream.generate(() -> member(classes, random)).limit(members).toList();
  }

  private static LinearScorer member(int classes, SplittableRandom random) {
    int outputs = LinearScorer.outputs(classes);
    float[] weights = new float[FEATURES * outputs];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-2, 2);
    }
    return new LinearScorer(FEATURES, classes, weights, random.doubles(outputs, -1, 1).toArray());
  }

  private static double[] margins(Scorer scorer) {
    SparseVector vector = new SparseVector();
    for (int feature = 0; feature < FEATURES; feature += 3) {
      vector.add(feature, 0.5f + feature);
    }
    double[] margins = new double[scorer.classes()];
    scorer.score(vector, margins);
    return margins;
  }

  private static double[] probabilities(Scorer scorer) {
    double[] probabilities = new double[scorer.classes()];
    new Calibration.Softmax().apply(margins(scorer), probabilities);
    return probabilities;
  }
}
