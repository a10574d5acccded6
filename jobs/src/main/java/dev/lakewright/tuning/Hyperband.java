package dev.lakewright.tuning;

import java.util.ArrayList;
import java.util.List;

/**
 * Hyperband (Li et al. 2018, algorithm 1): successive halving on several ladders that begin at
 * different rungs, for metrics that tell little on little data. Of ladders with {@code s} further
 * rungs, trials are dealt out in proportion to {@code reduction^s / (s + 1)}.
 */
record Hyperband(int reduction, double least) implements Pruner {

  @Override
  public int ladder(int trial) {
    List<Double> all = SuccessiveHalving.ladderFrom(least, reduction);
    double[] shares = new double[all.size()];
    double total = 0;
    for (int ladder = 0; ladder < shares.length; ladder++) {
      int further = shares.length - 1 - ladder;
      shares[ladder] = Math.pow(reduction, further) / (further + 1);
      total += shares[ladder];
    }
    // the golden ratio's multiples spread evenly: every run of trials is dealt out in proportion
    double place = (trial * 0.6180339887498949) % 1 * total;
    int ladder = 0;
    while (ladder < shares.length - 1 && place >= shares[ladder]) {
      place -= shares[ladder];
      ladder++;
    }
    return ladder;
  }

  @Override
  public List<Double> rungs(int ladder) {
    List<Double> all = SuccessiveHalving.ladderFrom(least, reduction);
    return new ArrayList<>(all.subList(ladder, all.size()));
  }

  @Override
  public int promotions(List<Double> losses) {
    return losses.size() / reduction;
  }
}
