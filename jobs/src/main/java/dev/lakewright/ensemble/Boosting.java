package dev.lakewright.ensemble;

import dev.lakewright.linear.LinearSolution;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.EnsembleScorer.Vote;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * Learners one after the other, each on rows that count more the more its predecessors got them
 * wrong. Ends early with a learner that gets no row wrong, or before one that is no better than
 * guessing, unless that is the first.
 */
final class Boosting {

  private final RowMatrix matrix;
  private final int classes;
  private final int rounds;
  private final double share;
  private final Vote vote;

  /** Trains one learner. */
  interface Round {
    /**
     * @param weights of the matrix's rows; not used again
     */
    LinearSolution train(int round, float[] weights);
  }

  /**
   * @param matrix rows that learners are measured on
   * @param share what all votes add up to
   * @param vote how the learners do
   */
  Boosting(RowMatrix matrix, int classes, int rounds, double share, Vote vote) {
    this.matrix = matrix;
    this.classes = classes;
    this.rounds = rounds;
    this.share = share;
    this.vote = vote;
  }

  TrainedModel run(Round learner) {
    Samme samme = new Samme(initialWeights(), classes);
    List<LinearSolution> members = new ArrayList<>();
    List<Double> votes = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      LinearSolution solution = learner.train(round, floats(samme.weights()));
      TrainedModel alone = TrainedModel.of(solution);
      if (!alone.usable()) {
        members.add(solution);
        votes.add(1.0);
        break;
      }
      BitSet wrong = wrong(solution);
      double weight = samme.vote(samme.error(wrong));
      boolean better = weight > 0;
      if (better || members.isEmpty()) {
        members.add(solution);
        votes.add(better ? weight : 1.0);
      }
      if (!better || wrong.isEmpty()) {
        break;
      }
      samme.reweigh(wrong, weight);
    }
    return new TrainedModel(vote, members, shares(votes));
  }

  /**
   * Votes that add up to the share, so that margins have one scale however many rounds there were,
   * as scikit-learn's {@code AdaBoostClassifier.decision_function}.
   */
  private double[] shares(List<Double> votes) {
    double sum = votes.stream().mapToDouble(Double::doubleValue).sum();
    return votes.stream().mapToDouble(weight -> weight / sum * share).toArray();
  }

  private double[] initialWeights() {
    double[] weights = new double[matrix.rows()];
    for (int row = 0; row < weights.length; row++) {
      weights[row] = matrix.weight(row);
    }
    return weights;
  }

  /** Weights that have become too small for a float still count for something. */
  private static float[] floats(double[] weights) {
    float[] floats = new float[weights.length];
    for (int row = 0; row < floats.length; row++) {
      floats[row] = Math.max((float) weights[row], Float.MIN_NORMAL);
    }
    return floats;
  }

  /** Rows whose first class of the highest margin is not their label. */
  private BitSet wrong(LinearSolution solution) {
    LinearScorer scorer =
        new LinearScorer(matrix.features(), classes, solution.weights(), solution.intercepts());
    BitSet wrong = new BitSet(matrix.rows());
    SparseVector vector = new SparseVector();
    double[] margins = new double[classes];
    for (int row = 0; row < matrix.rows(); row++) {
      matrix.read(row, vector);
      scorer.score(vector, margins);
      wrong.set(row, highest(margins) != matrix.label(row));
    }
    return wrong;
  }

  private static int highest(double[] margins) {
    int highest = 0;
    for (int k = 1; k < margins.length; k++) {
      highest = margins[k] > margins[highest] ? k : highest;
    }
    return highest;
  }
}
