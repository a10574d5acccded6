package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import java.util.List;

/**
 * Decides how much effort trials get. Every trial climbs a ladder of rungs of growing fidelity and
 * may be left behind on any.
 */
interface Pruner {

  /** The ladder of a trial; trials on different ladders are not compared. */
  int ladder(int trial);

  /** Fidelities of a ladder, ascending, the last 1. */
  List<Double> rungs(int ladder);

  /**
   * How many trials may leave a rung upwards, the best first.
   *
   * @param losses of all trials that finished the rung, ascending; failed ones are not among them
   */
  int promotions(List<Double> losses);

  static Pruner of(TuneConfig tune) {
    return switch (tune.pruner()) {
      case NONE -> new NoPruning();
      case HALVING -> new SuccessiveHalving(tune.reduction(), tune.minFidelity());
      case HYPERBAND -> new Hyperband(tune.reduction(), tune.minFidelity());
      case MEDIAN -> new MedianRule(tune.reduction(), tune.minFidelity());
    };
  }
}
