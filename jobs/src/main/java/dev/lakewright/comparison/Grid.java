package dev.lakewright.comparison;

import dev.lakewright.config.CompareConfig;
import dev.lakewright.config.SearchDimension;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.search.SearchSpace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is tried of every remedy: the combinations of the listed values of the search space. */
public final class Grid {

  private static final String STRENGTH = "learner.l2";

  private static final List<String> SET_BY_REMEDIES =
      List.of(
          "sampling.", "ensemble.", "learner.type", "learner.alpha", "learner.logit_adjustment");

  private Grid() {}

  /**
   * Key paths to values, one map per combination.
   *
   * @param space of the configuration; without {@code learner.l2} it gets the values of {@code
   *     compare.penalties}
   * @throws ConfigException for a range, and for keys that remedies set
   */
  public static List<Map<String, Object>> of(
      Map<String, SearchDimension> space, CompareConfig compare) {
    Map<String, SearchDimension> dimensions = new LinkedHashMap<>(space);
    dimensions.forEach(Grid::check);
    if (!dimensions.containsKey(STRENGTH)) {
      dimensions.put(STRENGTH, new SearchDimension.Choice(List.copyOf(compare.penalties())));
    }
    return new SearchSpace(dimensions).grid();
  }

  private static void check(String key, SearchDimension dimension) {
    if (SET_BY_REMEDIES.stream().anyMatch(key::startsWith)) {
      throw new ConfigException(
          "tune.space varies %s, which compare-imbalance sets itself; leave it out, or choose with compare.remedies"
              .formatted(key));
    }
    if (!(dimension.unconditional() instanceof SearchDimension.Choice)) {
      throw new ConfigException(
          "tune.space %s is a range, and compare-imbalance tries the same values of every remedy; list its values"
              .formatted(key));
    }
  }

  /** The points of a remedy. */
  public static List<Map<String, Object>> points(
      Treatment treatment, List<Map<String, Object>> grid) {
    return grid.stream()
        .map(
            point -> {
              Map<String, Object> whole = new LinkedHashMap<>(treatment.settings());
              whole.putAll(point);
              return whole;
            })
        .toList();
  }
}
