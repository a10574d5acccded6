package dev.lakewright.tuning;

import dev.lakewright.config.SearchDimension;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The points that a sweep tries. */
public final class SearchSpace {

  /** More points than this in a grid are taken for a mistake. */
  private static final long MOST_POINTS = 100_000;

  private final Map<String, SearchDimension> dimensions;

  public SearchSpace(Map<String, SearchDimension> dimensions) {
    this.dimensions = new LinkedHashMap<>(dimensions);
  }

  /**
   * Every combination of the listed values; the last dimension changes fastest. One empty point for
   * an empty space.
   *
   * @throws ConfigException for a range, which has no end of points
   */
  public List<Map<String, Object>> grid() {
    List<Map<String, Object>> points = List.of(Map.of());
    for (Map.Entry<String, SearchDimension> dimension : dimensions.entrySet()) {
      if (!(dimension.getValue() instanceof SearchDimension.Choice choice)) {
        throw new ConfigException(
            "tune.space %s is a range, which tune.sampler: grid cannot enumerate; list its values or set tune.sampler: random"
                .formatted(dimension.getKey()));
      }
      if ((long) points.size() * choice.values().size() > MOST_POINTS) {
        throw new ConfigException(
            "tune.space has more than %d grid points; list fewer values or set tune.sampler: random"
                .formatted(MOST_POINTS));
      }
      points = product(points, dimension.getKey(), choice.values());
    }
    return points;
  }

  private static List<Map<String, Object>> product(
      List<Map<String, Object>> points, String key, List<Object> values) {
    List<Map<String, Object>> product = new ArrayList<>();
    for (Map<String, Object> point : points) {
      for (Object value : values) {
        Map<String, Object> extended = new LinkedHashMap<>(point);
        extended.put(key, value);
        product.add(extended);
      }
    }
    return product;
  }

  /**
   * Independent draws from every dimension. Draw {@code i} depends on the seed and {@code i} alone,
   * so that more trials extend fewer.
   */
  public List<Map<String, Object>> random(int trials, long seed) {
    List<Map<String, Object>> points = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
      Map<String, Object> point = new LinkedHashMap<>();
      dimensions.forEach((key, dimension) -> point.put(key, draw(dimension, random)));
      points.add(point);
    }
    return points;
  }

  private static Object draw(SearchDimension dimension, SplittableRandom random) {
    if (dimension instanceof SearchDimension.Choice choice) {
      return choice.values().get(random.nextInt(choice.values().size()));
    }
    if (dimension instanceof SearchDimension.IntegerRange range) {
      return random.nextLong(range.low(), range.high() + 1);
    }
    if (dimension instanceof SearchDimension.LogUniform range) {
      double low = StrictMath.log(range.low());
      double high = StrictMath.log(range.high());
      double value = StrictMath.exp(low + random.nextDouble() * (high - low));
      return clamp(value, range.low(), range.high());
    }
    SearchDimension.Uniform range = (SearchDimension.Uniform) dimension;
    return range.low() + random.nextDouble() * (range.high() - range.low());
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
