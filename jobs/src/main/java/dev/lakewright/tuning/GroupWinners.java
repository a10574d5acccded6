package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.metrics.Metric;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Chooses a trial of each of several groups of points, which may share some. */
final class GroupWinners {

  private final List<TrialResult> results;
  private final Metric metric;
  private final TuneConfig.Choice choice;
  private final Function<TrialResult, GroupedResult.Winner> finish;
  private final Map<Integer, GroupedResult.Winner> known = new HashMap<>();

  /**
   * @param finish trains the trial that was chosen on all rows; called once for each
   */
  GroupWinners(
      List<TrialResult> results,
      Metric metric,
      TuneConfig.Choice choice,
      Function<TrialResult, GroupedResult.Winner> finish) {
    this.results = results;
    this.metric = metric;
    this.choice = choice;
    this.finish = finish;
  }

  /** The winner of a group, or why it has none. */
  GroupedResult.Group of(List<Map<String, Object>> points) {
    List<TrialResult> own =
        results.stream().filter(result -> points.contains(result.trial().parameters())).toList();
    if (own.isEmpty()) {
      return new GroupedResult.Group(
          Optional.empty(), "it was not tried within tune.minutes; the same command continues");
    }
    try {
      TrialResult best = BestTrial.of(own, metric, choice);
      return new GroupedResult.Group(Optional.of(winner(best)), "");
    } catch (DataException noneIsComplete) {
      return new GroupedResult.Group(Optional.empty(), noneIsComplete.getMessage());
    }
  }

  private GroupedResult.Winner winner(TrialResult best) {
    return known.computeIfAbsent(best.trial().number(), number -> finish.apply(best));
  }
}
