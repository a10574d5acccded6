package dev.lakewright.sampling;

import java.util.Arrays;

/** Exact ways to deal a number of rows out, and to choose a number of rows. */
public final class Shares {

  private Shares() {}

  /**
   * Deals rows out evenly: each member gets the whole part of its share, and what is left goes to
   * members in random order. Varies less than drawing members with replacement, with the same mean.
   *
   * @return per member how many it gets; they sum to {@code count}
   */
  static int[] even(int[] members, int count, Draws draws) {
    int[] shares = new int[members.length];
    Arrays.fill(shares, count / members.length);
    for (int place : lowest(order(members, draws), count % members.length)) {
      shares[place]++;
    }
    return shares;
  }

  /**
   * Deals rows out in proportion to weights by the largest remainders, of equal ones to the first;
   * evenly if all weights are 0.
   *
   * @param weights at least 0, finite
   * @return they sum to {@code count}
   */
  static int[] proportional(double[] weights, int count) {
    double sum = Arrays.stream(weights).sum();
    int[] shares = new int[weights.length];
    double[] remainders = new double[weights.length];
    int dealt = 0;
    for (int i = 0; i < weights.length; i++) {
      double share = sum > 0 ? weights[i] / sum * count : (double) count / weights.length;
      shares[i] = (int) share;
      remainders[i] = shares[i] - share;
      dealt += shares[i];
    }
    for (int place : lowest(remainders, count - dealt)) {
      shares[place]++;
    }
    return shares;
  }

  /** Some members drawn without replacement, ascending. */
  public static int[] drawn(int[] members, int count, Draws draws) {
    return at(members, lowest(order(members, draws), count));
  }

  /** The members of the lowest scores, of equal ones the first; ascending. */
  static int[] lowest(int[] members, double[] scores, int count) {
    return at(members, lowest(scores, count));
  }

  private static double[] order(int[] members, Draws draws) {
    return Arrays.stream(members).mapToDouble(draws::order).toArray();
  }

  private static int[] at(int[] members, int[] places) {
    return Arrays.stream(places).map(place -> members[place]).toArray();
  }

  /** Places of the lowest scores, of equal ones the first; ascending. */
  private static int[] lowest(double[] scores, int count) {
    int[] places = new int[Math.min(Math.max(count, 0), scores.length)];
    if (places.length == 0) {
      return places;
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    double limit = sorted[places.length - 1];
    int below = 0;
    while (below < places.length && sorted[below] < limit) {
      below++;
    }
    int atLimit = places.length - below;
    int next = 0;
    for (int i = 0; i < scores.length; i++) {
      if (scores[i] < limit) {
        places[next++] = i;
      } else if (scores[i] == limit && atLimit > 0) {
        places[next++] = i;
        atLimit--;
      }
    }
    return places;
  }
}
