package dev.lakewright.tuning;

import java.util.List;

/**
 * The median rule (Golovin et al. 2017, section 3.2.2): a trial goes on unless it is worse than
 * half of those that came as far.
 */
record MedianRule(int reduction, double least) implements Pruner {

  /** Fewer have no telling median. */
  private static final int FEWEST = 4;

  @Override
  public int ladder(int trial) {
    return 0;
  }

  @Override
  public List<Double> rungs(int ladder) {
    return SuccessiveHalving.ladderFrom(least, reduction);
  }

  @Override
  public int promotions(List<Double> losses) {
    return losses.size() < FEWEST ? losses.size() : (losses.size() + 1) / 2;
  }
}
