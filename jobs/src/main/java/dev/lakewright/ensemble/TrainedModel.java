package dev.lakewright.ensemble;

import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolution.Outcome;
import dev.lakewright.linear.Loss;
import dev.lakewright.model.EnsembleScorer;
import dev.lakewright.model.EnsembleScorer.Vote;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.Scorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What training gave: one linear model, or several that vote.
 *
 * @param votes what each member's vote counts for, > 0
 */
@SuppressWarnings("ArrayRecordComponent")
public record TrainedModel(Vote vote, List<LinearSolution> members, double[] votes)
    implements Serializable {

  /** A model by itself. */
  public static TrainedModel of(LinearSolution solution) {
    return new TrainedModel(Vote.SOFT, List.of(solution), new double[] {1});
  }

  /** The members of all parts of an ensemble, in their order. */
  public static TrainedModel join(List<TrainedModel> parts) {
    List<LinearSolution> members = new ArrayList<>();
    parts.forEach(part -> members.addAll(part.members));
    double[] votes = parts.stream().flatMapToDouble(part -> Arrays.stream(part.votes)).toArray();
    return new TrainedModel(parts.get(0).vote, members, votes);
  }

  /**
   * What scores with it: the mean of one member's probabilities is that member's.
   *
   * @param features at most those that it was trained with; weights of further ones are left out
   */
  public Scorer scorer(int features, int classes) {
    int used = features * Loss.outputs(classes);
    List<LinearScorer> scorers = new ArrayList<>();
    for (LinearSolution member : members) {
      float[] weights = member.weights();
      scorers.add(
          new LinearScorer(
              features,
              classes,
              weights.length == used ? weights : Arrays.copyOf(weights, used),
              member.intercepts()));
    }
    return vote == Vote.SOFT && scorers.size() == 1
        ? scorers.get(0)
        : new EnsembleScorer(vote, votes, scorers);
  }

  /** Why the minimizer stopped: where it did not end well for every member, the worst. */
  public Outcome outcome() {
    for (Outcome worst : List.of(Outcome.TIME_LIMIT, Outcome.DIVERGED)) {
      if (members.stream().anyMatch(member -> member.outcome() == worst)) {
        return worst;
      }
    }
    return members.stream()
        .map(LinearSolution::outcome)
        .filter(outcome -> outcome != Outcome.CONVERGED)
        .findFirst()
        .orElse(Outcome.CONVERGED);
  }

  /** Whether every weight and intercept is a finite number. */
  public boolean finite() {
    return members.stream().allMatch(LinearSolution::finite);
  }

  /** Whether it can score. */
  public boolean usable() {
    return outcome() != Outcome.TIME_LIMIT && outcome() != Outcome.DIVERGED && finite();
  }

  /** Passes over the rows, of a member in the mean. */
  public int passes() {
    double mean = members.stream().mapToInt(LinearSolution::passes).average().orElseThrow();
    return (int) Math.ceil(mean);
  }

  /** Iterations of the minimizer for all members. */
  public int iterations() {
    return members.stream().mapToInt(LinearSolution::iterations).sum();
  }
}
