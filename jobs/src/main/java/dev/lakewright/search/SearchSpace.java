package dev.lakewright.search;

import dev.lakewright.config.SearchDimension;
import dev.lakewright.errors.ConfigException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * The points that a sweep may try. Inside this package a point is also an array of coordinates on
 * the unit interval, one for each {@link Axis}; NaN stands for a key whose condition does not hold.
 */
public final class SearchSpace {

  /** More points than this in a grid are taken for a mistake. */
  private static final long MOST_POINTS = 100_000;

  private final List<String> keys;
  private final List<Axis> axes = new ArrayList<>();
  private final List<List<Condition>> conditions = new ArrayList<>();
  private final int[] parentsFirst;
  private final List<int[]> groups;

  /** That a parent has one of some values: of the choice at {@code axis}, those marked. */
  @SuppressWarnings("ArrayRecordComponent") // neither compared nor printed
  private record Condition(int axis, boolean[] allowed) {
    boolean holds(double[] units) {
      double unit = units[axis];
      return !Double.isNaN(unit)
          && allowed[Math.min((int) (unit * allowed.length), allowed.length - 1)];
    }
  }

  /**
   * @throws IllegalArgumentException for conditions that the check of a configuration refuses
   */
  public SearchSpace(Map<String, SearchDimension> dimensions) {
    keys = List.copyOf(dimensions.keySet());
    dimensions.values().forEach(dimension -> axes.add(Axis.of(dimension)));
    dimensions.values().forEach(dimension -> conditions.add(conditions(dimension)));
    parentsFirst = sorted();
    groups = groups(List.copyOf(dimensions.values()));
  }

  private List<Condition> conditions(SearchDimension dimension) {
    List<Condition> all = new ArrayList<>();
    dimension
        .conditions()
        .forEach(
            (parent, values) -> {
              int axis = keys.indexOf(parent);
              if (axis < 0 || !(axes.get(axis) instanceof Axis.Choices choices)) {
                throw new IllegalArgumentException(parent + " is no choice of the space");
              }
              boolean[] allowed = new boolean[choices.values().size()];
              for (int i = 0; i < allowed.length; i++) {
                allowed[i] = values.contains(choices.values().get(i));
              }
              all.add(new Condition(axis, allowed));
            });
    return all;
  }

  /** The axes in an order in which parents precede children, and otherwise the space's. */
  private int[] sorted() {
    List<Integer> order = new ArrayList<>();
    while (order.size() < axes.size()) {
      int before = order.size();
      for (int axis = 0; axis < axes.size(); axis++) {
        if (!order.contains(axis)
            && conditions.get(axis).stream().allMatch(c -> order.contains(c.axis()))) {
          order.add(axis);
        }
      }
      if (order.size() == before) {
        throw new IllegalArgumentException("the conditions of the space go in a circle");
      }
    }
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<int[]> groups(List<SearchDimension> dimensions) {
    Map<Map<String, List<Object>>, List<Integer>> groups = new LinkedHashMap<>();
    for (int axis : parentsFirst) {
      groups
          .computeIfAbsent(dimensions.get(axis).conditions(), conditions -> new ArrayList<>())
          .add(axis);
    }
    return groups.values().stream()
        .map(group -> group.stream().mapToInt(Integer::intValue).toArray())
        .toList();
  }

  /**
   * Every combination of the listed values, each once; the last dimension changes fastest. One
   * empty point for an empty space.
   *
   * @throws ConfigException for a range, which has no end of points
   */
  public List<Map<String, Object>> grid() {
    for (int axis = 0; axis < axes.size(); axis++) {
      if (!(axes.get(axis) instanceof Axis.Choices)) {
        throw new ConfigException(
            "tune.space %s is a range, which tune.sampler: grid cannot enumerate; list its values or set tune.sampler: random"
                .formatted(keys.get(axis)));
      }
    }
    List<double[]> points = List.of(new double[axes.size()]);
    for (int axis : parentsFirst) {
      points = product(points, axis);
    }
    return points.stream().map(this::decode).toList();
  }

  private List<double[]> product(List<double[]> points, int axis) {
    List<double[]> product = new ArrayList<>();
    long count = axes.get(axis).count();
    for (double[] point : points) {
      boolean active = isActive(axis, point);
      for (int i = 0; i < (active ? count : 1); i++) {
        double[] extended = point.clone();
        extended[axis] = active ? (i + 0.5) / count : Double.NaN;
        product.add(extended);
      }
      if (product.size() > MOST_POINTS) {
        throw new ConfigException(
            "tune.space has more than %d grid points; list fewer values or set tune.sampler: random"
                .formatted(MOST_POINTS));
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
      points.add(random(seed, i));
    }
    return points;
  }

  /** Draw {@code i} of {@link #random(int, long)}. */
  Map<String, Object> random(long seed, long i) {
    SplittableRandom random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + i);
    double[] units = new double[axes.size()];
    for (int axis = 0; axis < units.length; axis++) {
      units[axis] = random.nextDouble();
    }
    return decode(units);
  }

  /** The number of dimensions, active or not. */
  int size() {
    return axes.size();
  }

  Axis axis(int axis) {
    return axes.get(axis);
  }

  String key(int axis) {
    return keys.get(axis);
  }

  /** The share of the space, on the unit interval's measure, in which an axis is active. */
  double activeShare(int axis) {
    Map<Integer, boolean[]> required = new TreeMap<>();
    require(axis, required);
    double share = 1;
    for (boolean[] allowed : required.values()) {
      share *= (double) trues(allowed) / allowed.length;
    }
    return share;
  }

  /** Collects what all ancestors of an axis must be, which are choices, drawn independently. */
  private void require(int axis, Map<Integer, boolean[]> required) {
    for (Condition condition : conditions.get(axis)) {
      required.merge(condition.axis(), condition.allowed(), SearchSpace::both);
      require(condition.axis(), required);
    }
  }

  private static boolean[] both(boolean[] one, boolean[] other) {
    boolean[] both = one.clone();
    for (int i = 0; i < both.length; i++) {
      both[i] &= other[i];
    }
    return both;
  }

  private static int trues(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  /** The axes by equal conditions, so that those of a group occur together; parents first. */
  List<int[]> groups() {
    return groups;
  }

  /** Whether an axis is part of a point, of which all parents of the axis are known. */
  boolean isActive(int axis, double[] units) {
    for (Condition condition : conditions.get(axis)) {
      if (!condition.holds(units)) {
        return false;
      }
    }
    return true;
  }

  /** The point at some coordinates, of which those that are not active do not matter. */
  Map<String, Object> decode(double[] units) {
    double[] known = units.clone();
    for (int axis : parentsFirst) {
      if (!isActive(axis, known)) {
        known[axis] = Double.NaN;
      }
    }
    Map<String, Object> point = new LinkedHashMap<>();
    for (int axis = 0; axis < known.length; axis++) {
      if (!Double.isNaN(known[axis])) {
        point.put(keys.get(axis), axes.get(axis).at(known[axis]));
      }
    }
    return point;
  }

  /** The coordinates of a point; empty if it is none of this space. */
  Optional<double[]> encode(Map<String, Object> point) {
    double[] units = new double[axes.size()];
    int active = 0;
    for (int axis : parentsFirst) {
      units[axis] = Double.NaN;
      if (isActive(axis, units)) {
        units[axis] = axes.get(axis).unit(point.get(keys.get(axis)));
        if (Double.isNaN(units[axis])) {
          return Optional.empty();
        }
        active++;
      }
    }
    return active == point.size() ? Optional.of(units) : Optional.empty();
  }
}
