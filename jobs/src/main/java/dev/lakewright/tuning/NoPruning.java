package dev.lakewright.tuning;

import java.util.List;

/** Every trial gets the full effort at once. */
record NoPruning() implements Pruner {

  @Override
  public int ladder(int trial) {
    return 0;
  }

  @Override
  public List<Double> rungs(int ladder) {
    return List.of(1.0);
  }

  @Override
  public int promotions(List<Double> losses) {
    return losses.size();
  }
}
