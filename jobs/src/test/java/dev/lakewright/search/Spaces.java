package dev.lakewright.search;

import dev.lakewright.config.SearchDimension;
import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.Conditional;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.LogIntegerRange;
import dev.lakewright.config.SearchDimension.LogUniform;
import dev.lakewright.config.SearchDimension.SteppedUniform;
import dev.lakewright.config.SearchDimension.Uniform;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Search spaces of the tests. */
final class Spaces {

  private Spaces() {}

  static SearchSpace of(Object... keysAndDimensions) {
    Map<String, SearchDimension> dimensions = new LinkedHashMap<>();
    for (int i = 0; i < keysAndDimensions.length; i += 2) {
      dimensions.put((String) keysAndDimensions[i], (SearchDimension) keysAndDimensions[i + 1]);
    }
    return new SearchSpace(dimensions);
  }

  /** One dimension of every kind, two of them conditional, one on a key that comes later. */
  static SearchSpace every() {
    return of(
        "gamma", new Conditional(new Uniform(0, 5), Map.of("loss", List.of("focal"))),
        "loss", new Choice(List.of("log", "focal", "hinge")),
        "uniform", new Uniform(-5, 10),
        "stepped", new SteppedUniform(0, 1, 0.05),
        "log", new LogUniform(1e-6, 1),
        "int", new IntegerRange(1, 9, 2),
        "log_int", new LogIntegerRange(1, 1000),
        "margin", new Conditional(new Choice(List.of(1L, 2L)), Map.of("loss", List.of("hinge"))));
  }

  /** A conditional space of seven points. */
  static SearchSpace few() {
    return of(
        "a", new Choice(List.of("x", "y", "z")),
        "b", new Conditional(new Choice(List.of(1L, 2L, 3L)), Map.of("a", List.of("x", "y"))));
  }

  static SearchSpace reals(int count, double low, double high) {
    Object[] all = new Object[2 * count];
    for (int i = 0; i < count; i++) {
      all[2 * i] = "x" + i;
      all[2 * i + 1] = new Uniform(low, high);
    }
    return of(all);
  }

  static double real(Map<String, Object> point, String key) {
    return ((Number) point.get(key)).doubleValue();
  }

  /** Least at the middle of {@link #every()}, in a branch. */
  static double loss(Map<String, Object> point) {
    double loss = point.get("loss").equals("focal") ? 0 : 1;
    loss += Math.pow(real(point, "uniform") - 3, 2) + Math.pow(real(point, "stepped") - 0.5, 2);
    loss += Math.pow(Math.log10(real(point, "log")) + 3, 2) + Math.abs(real(point, "int") - 5);
    loss += Math.pow(Math.log10(real(point, "log_int")) - 1, 2);
    return point.containsKey("gamma") ? loss + Math.pow(real(point, "gamma") - 2, 2) : loss;
  }
}
