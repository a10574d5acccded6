package dev.lakewright.tuning;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes trials of points, and refuses settings that no trial can be run with.
 *
 * @param bind gives the configuration with a point's values in place
 */
record TrialBinding(
    Function<Map<String, Object>, LakewrightConfig> bind, List<String> classes, long seed) {

  /**
   * The trials of points, in their order.
   *
   * @param first number of the first
   * @throws ConfigException for a combination of settings that cannot be trained
   */
  List<Trial> trials(List<Map<String, Object>> points, int first) {
    List<Trial> trials = new ArrayList<>();
    for (Map<String, Object> point : points) {
      trials.add(trial(first + trials.size(), point));
    }
    return trials;
  }

  private Trial trial(int number, Map<String, Object> point) {
    LakewrightConfig config = bind.apply(point);
    Trial trial =
        new Trial(
            number,
            point,
            config.features(),
            config.sampling(),
            config.learner(),
            config.ensemble());
    LinearProblems.check(trial, classes);
    if (trial.ofSpark()) {
      SparkEstimators.of(trial.learner(), seed);
    }
    return trial;
  }
}
