package dev.lakewright.ensemble;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Learners one after the other, each on rows that count more the more its predecessors got them
 * wrong. Ends early with a learner that gets no row wrong, or before one that is no better than
 * guessing, unless that is the first.
 */
public final class Boosting {

  private final double[] initialWeights;
  private final int classes;
  private final int rounds;
  private final double share;

  /** Trains one learner. */
  public interface Round<M> {
    /**
     * @param weights of the rows; not used again
     */
    Learnt<M> train(int round, float[] weights);
  }

  /**
   * A learner.
   *
   * @param usable whether it can score; if not, boosting ends with it
   * @param wrong rows whose label it does not say
   */
  public record Learnt<M>(M model, boolean usable, BitSet wrong) {}

  /**
   * What came out.
   *
   * @param votes what each member's vote counts for, > 0
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Boosted<M>(List<M> members, double[] votes) {}

  /**
   * @param initialWeights of the rows that learners are measured on
   * @param share what all votes add up to
   */
  public Boosting(double[] initialWeights, int classes, int rounds, double share) {
    this.initialWeights = initialWeights;
    this.classes = classes;
    this.rounds = rounds;
    this.share = share;
  }

  /** Trains learners until boosting ends. */
  public <M> Boosted<M> run(Round<M> learner) {
    Samme samme = new Samme(initialWeights, classes);
    List<M> members = new ArrayList<>();
    List<Double> votes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      Learnt<M> learnt = learner.train(round, floats(samme.weights()));
      if (!learnt.usable()) {
        members.add(learnt.model());
        votes.add(1.0);
        break;
      }
      BitSet wrong = learnt.wrong();
      double weight = samme.vote(samme.error(wrong));
      boolean better = weight > 0;
      if (better || members.isEmpty()) {
        members.add(learnt.model());
        votes.add(better ? weight : 1.0);
      }
      if (!better || wrong.isEmpty()) {
        break;
      }
      samme.reweigh(wrong, weight);
    }
    return new Boosted<>(members, shares(votes));
  }

  /**
   * Votes that add up to the share, so that margins have one scale however many rounds there were,
   * as scikit-learn's {@code AdaBoostClassifier.decision_function}.
   */
  private double[] shares(List<Double> votes) {
    double sum = votes.stream().mapToDouble(Double::doubleValue).sum();
    return votes.stream().mapToDouble(weight -> weight / sum * share).toArray();
  }

  /** Weights that have become too small for a float still count for something. */
  private static float[] floats(double[] weights) {
    float[] floats = new float[weights.length];
    for (int row = 0; row < floats.length; row++) {
      floats[row] = Math.max((float) weights[row], Float.MIN_NORMAL);
    }
    return floats;
  }
}
