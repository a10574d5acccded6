package dev.lakewright.tuning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Asynchronous successive halving (Li et al. 2020, algorithm 2): of all trials that have finished a
 * rung so far, the best {@code 1 / reduction} go on to {@code reduction} times the effort. Where
 * all trials are asked for at once this is successive halving (Jamieson and Talwalkar 2016).
 *
 * @param reduction at least 2
 * @param least fidelity of the first rung
 */
record SuccessiveHalving(int reduction, double least) implements Pruner {

  @Override
  public int ladder(int trial) {
    return 0;
  }

  @Override
  public List<Double> rungs(int ladder) {
    return ladderFrom(least, reduction);
  }

  /** 1, 1 / reduction, ... down to {@code least}, ascending. */
  static List<Double> ladderFrom(double least, int reduction) {
    List<Double> rungs = new ArrayList<>();
    double effort = 1;
    while (effort >= least * 0.999999) {
      rungs.add(effort);
      effort /= reduction;
    }
    Collections.reverse(rungs);
    return rungs;
  }

  @Override
  public int promotions(List<Double> losses) {
    return losses.size() / reduction;
  }
}
