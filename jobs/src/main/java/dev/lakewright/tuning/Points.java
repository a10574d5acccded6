package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.search.ListedPoints;
import dev.lakewright.search.Sampler;
import dev.lakewright.search.Samplers;
import dev.lakewright.search.SearchSpace;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Where a sweep's points come from.
 *
 * @param expected how many there are likely to be
 */
record Points(SearchSpace space, Sampler sampler, int expected) {

  /** A sampler over a space, as the configuration says. */
  static Points of(TuneConfig tune) {
    SearchSpace space = new SearchSpace(tune.space());
    boolean grid = tune.sampler() == TuneConfig.Sampler.GRID;
    return new Points(
        space,
        Samplers.of(tune.sampler().name().toLowerCase(Locale.ROOT), space, tune.seed()),
        grid ? space.grid().size() : tune.trials());
  }

  /** These points, which are of no space. */
  static Points listed(List<Map<String, Object>> points) {
    ListedPoints sampler = new ListedPoints(points);
    return new Points(new SearchSpace(Map.of()), sampler, sampler.size());
  }
}
