package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.metrics.Metric;
import java.util.OptionalDouble;

/** When no further trials begin. */
final class Budget {

  private final int trials;
  private final double minutes;
  private final int patience;
  private final Metric metric;
  private final long started = System.nanoTime();
  private double best = Double.NaN;
  private int sinceBest;

  Budget(TuneConfig tune) {
    this.trials = tune.sampler() == TuneConfig.Sampler.GRID ? Integer.MAX_VALUE : tune.trials();
    this.minutes = tune.minutes();
    this.patience = tune.patience();
    this.metric = Metric.byName(tune.metric());
  }

  /** Trials that may still begin after so many. */
  int left(int begun) {
    boolean timeIsUp = minutes > 0 && (System.nanoTime() - started) / 60e9 >= minutes;
    boolean patienceIsOver = patience > 0 && sinceBest >= patience;
    return timeIsUp || patienceIsOver ? 0 : trials - begun;
  }

  /** Takes the mean of a finished trial; empty when it was pruned or failed. */
  void observe(OptionalDouble mean) {
    boolean better =
        mean.isPresent()
            && (Double.isNaN(best)
                || (metric.higherIsBetter()
                    ? mean.getAsDouble() > best
                    : mean.getAsDouble() < best));
    if (better) {
      best = mean.getAsDouble();
      sinceBest = 0;
    } else {
      sinceBest++;
    }
  }
}
