package dev.lakewright.model;

import java.util.Arrays;
import java.util.List;

/**
 * Several linear models that vote. Their weights lie side by side per feature, so that a vector is
 * scored by all of them in one go.
 */
public final class EnsembleScorer implements Scorer {

  /** How members' scores become one. */
  public enum Vote {
    /**
     * The mean of the members' probabilities, which are the softmax of their margins. The margins
     * are its logarithms, so that their softmax gives the mean back.
     */
    SOFT,
    /**
     * The sum of the votes of the members that decide for a class: SAMME (Zhu, Zou, Rosset, Hastie,
     * <i>Multi-class AdaBoost</i>, 2009, algorithm 2).
     */
    BOOSTED
  }

  /** Keeps logarithms of mean probabilities finite. */
  private static final double LEAST_PROBABILITY = Double.MIN_NORMAL;

  private final int features;
  private final int classes;
  private final int outputs;
  private final Vote vote;
  private final double[] votes;
  private final float[] weights;
  private final double[] intercepts;
  private final ThreadLocal<double[]> sums;

  /**
   * @param votes what each member's vote counts for, > 0
   * @param members of as many features and classes each, at least one
   * @throws IllegalArgumentException when members disagree, a vote is no positive number, or all
   *     weights together are more than an array holds
   */
  public EnsembleScorer(Vote vote, double[] votes, List<LinearScorer> members) {
    requireVotes(votes, members.size());
    this.features = members.get(0).features();
    this.classes = members.get(0).classes();
    this.outputs = LinearScorer.outputs(classes);
    this.vote = vote;
    this.votes = votes.clone();
    int lanes = Math.multiplyExact(members.size(), outputs);
    this.weights = new float[requireRoom(features, members.size(), lanes)];
    this.intercepts = new double[lanes];
    for (int member = 0; member < members.size(); member++) {
      interleave(members.get(member), member, lanes);
    }
    this.sums = ThreadLocal.withInitial(() -> new double[lanes]);
  }

  private static void requireVotes(double[] votes, int members) {
    if (members == 0 || votes.length != members) {
      throw new IllegalArgumentException(
          "an ensemble needs members and a vote for each, not %d and %d"
              .formatted(members, votes.length));
    }
    for (double each : votes) {
      if (!(each > 0) || Double.isInfinite(each)) {
        throw new IllegalArgumentException("a member's vote must be > 0, not " + each);
      }
    }
  }

  private static int requireRoom(int features, int members, int lanes) {
    long size = (long) features * lanes;
    if (size > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d members over %d features have %d weights, and 2^31 is the most; lower ensemble.members, ensemble.rounds or hash_bits"
              .formatted(members, features, size));
    }
    return (int) size;
  }

  private void interleave(LinearScorer member, int place, int lanes) {
    if (member.features() != features || member.classes() != classes) {
      throw new IllegalArgumentException(
          "members of an ensemble must agree, but one has %d features and %d classes, the first %d and %d"
              .formatted(member.features(), member.classes(), features, classes));
    }
    for (int feature = 0; feature < features; feature++) {
      System.arraycopy(
          member.weights(), feature * outputs, weights, feature * lanes + place * outputs, outputs);
    }
    System.arraycopy(member.intercepts(), 0, intercepts, place * outputs, outputs);
  }

  @Override
  public int classes() {
    return classes;
  }

  @Override
  public int features() {
    return features;
  }

  @Override
  public void score(SparseVector vector, double[] margins) {
    double[] scores = sums.get();
    Lanes.sums(vector, weights, intercepts, scores);
    Arrays.fill(margins, 0);
    for (int member = 0; member < votes.length; member++) {
      add(scores, member, margins);
    }
    finish(margins);
  }

  private void add(double[] scores, int member, double[] margins) {
    int from = member * outputs;
    switch (vote) {
      case BOOSTED -> margins[decision(scores, from)] += votes[member];
      case SOFT -> {
        if (outputs == 1) {
          addSigmoid(scores[from], votes[member], margins);
        } else {
          addSoftmax(scores, from, votes[member], margins);
        }
      }
    }
  }

  /** The first class of the highest margin. */
  private int decision(double[] scores, int from) {
    if (outputs == 1) {
      return scores[from] > 0 ? 1 : 0;
    }
    int highest = 0;
    for (int k = 1; k < outputs; k++) {
      if (scores[from + k] > scores[from + highest]) {
        highest = k;
      }
    }
    return highest;
  }

  /** Both probabilities by themselves: one minus the other would lose the digits of the smaller. */
  private static void addSigmoid(double margin, double share, double[] sums) {
    // StrictMath: the same bits on every machine
    double small = StrictMath.exp(-Math.abs(margin));
    double larger = share / (1 + small);
    double smaller = share * small / (1 + small);
    sums[0] += margin > 0 ? smaller : larger;
    sums[1] += margin > 0 ? larger : smaller;
  }

  private void addSoftmax(double[] scores, int from, double share, double[] sums) {
    double highest = scores[from + decision(scores, from)];
    double total = 0;
    for (int k = 0; k < outputs; k++) {
      scores[from + k] = StrictMath.exp(scores[from + k] - highest);
      total += scores[from + k];
    }
    for (int k = 0; k < outputs; k++) {
      sums[k] += share * scores[from + k] / total;
    }
  }

  private void finish(double[] margins) {
    if (vote == Vote.SOFT) {
      double total = 0;
      for (double each : votes) {
        total += each;
      }
      for (int k = 0; k < classes; k++) {
        margins[k] = StrictMath.log(Math.max(margins[k] / total, LEAST_PROBABILITY));
      }
    }
    if (classes == 2) {
      margins[1] -= margins[0];
      margins[0] = 0;
    }
  }

  @Override
  public float weight(int feature, int label) {
    double sum = 0;
    double total = 0;
    int lanes = intercepts.length;
    for (int member = 0; member < votes.length; member++) {
      int place = feature * lanes + member * outputs + (outputs == 1 ? 0 : label);
      sum += votes[member] * weights[place];
      total += votes[member];
    }
    double mean = sum / total;
    return (float) (outputs == 1 && label == 0 ? -mean : mean);
  }

  Vote vote() {
    return vote;
  }

  double[] votes() {
    return votes;
  }

  int size() {
    return votes.length;
  }

  /** A member by itself. */
  LinearScorer member(int place) {
    int lanes = intercepts.length;
    float[] own = new float[features * outputs];
    for (int feature = 0; feature < features; feature++) {
      System.arraycopy(weights, feature * lanes + place * outputs, own, feature * outputs, outputs);
    }
    int from = place * outputs;
    return new LinearScorer(
        features, classes, own, Arrays.copyOfRange(intercepts, from, from + outputs));
  }
}
