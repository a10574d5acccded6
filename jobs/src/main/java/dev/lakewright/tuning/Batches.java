package dev.lakewright.tuning;

/** Into how many tasks the models of a fold are parted. */
public final class Batches {

  private Batches() {}

  /**
   * The number of batches of least time: rounds of tasks, times what a pass over the rows costs for
   * the models of a batch. Reading the rows costs about as much as one model's arithmetic.
   *
   * @param most models that a task's memory holds at once
   */
  public static int perFold(int trials, int folds, int cores, int most) {
    int best = trials;
    double least = Double.POSITIVE_INFINITY;
    for (int batches = trials; batches >= 1; batches--) {
      int models = (trials + batches - 1) / batches;
      int rounds = (folds * batches + cores - 1) / cores;
      double cost = rounds * (1.0 + models);
      if (models <= most && cost <= least) {
        least = cost;
        best = batches;
      }
    }
    return best;
  }
}
