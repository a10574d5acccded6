package dev.lakewright.config;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The candidate values of one hyperparameter. In YAML: a list ({@code [1e-1, 1e-2]}), or one of
 * {@code {choice: [...]}}, {@code {uniform: [low, high]}}, {@code {log_uniform: [low, high]}},
 * {@code {int: [low, high]}}, {@code {log_int: [low, high]}}; ranges include both ends. {@code
 * step} beside {@code uniform} or {@code int} leaves the values {@code low, low + step, ..., high};
 * {@code when} beside any form makes the dimension {@link Conditional}.
 */
public sealed interface SearchDimension {

  /** One of the listed values, which are plain YAML scalars or lists. */
  record Choice(List<Object> values) implements SearchDimension {
    public Choice {
      if (values.isEmpty()) {
        throw new IllegalArgumentException("a choice needs at least one value");
      }
      values = List.copyOf(values);
    }
  }

  /** A real number, uniform on {@code [low, high]}. */
  record Uniform(double low, double high) implements SearchDimension {
    public Uniform {
      requireOrdered(low, high);
    }
  }

  /** One of the real numbers {@code low, low + step, ..., high}, each as likely as any other. */
  record SteppedUniform(double low, double high, double step) implements SearchDimension {
    public SteppedUniform {
      requireOrdered(low, high);
      if (!(step > 0) || Double.isInfinite(step)) {
        throw new IllegalArgumentException("step must be a number above 0, not " + step);
      }
      BigDecimal width = BigDecimal.valueOf(high).subtract(BigDecimal.valueOf(low));
      if (width.remainder(BigDecimal.valueOf(step)).signum() != 0) {
        throw new IllegalArgumentException(
            "step must lead from low to high exactly, which "
                + ("[" + low + ", " + high + "] by " + step + " does not"));
      }
      requireFew(width.divide(BigDecimal.valueOf(step)));
    }
  }

  /** A positive real number whose logarithm is uniform on {@code [ln low, ln high]}. */
  record LogUniform(double low, double high) implements SearchDimension {
    public LogUniform {
      requireOrdered(low, high);
      if (!(low > 0)) {
        throw new IllegalArgumentException("log_uniform needs low > 0, not " + low);
      }
    }
  }

  /** One of the whole numbers {@code low, low + step, ..., high}, each as likely as any other. */
  record IntegerRange(long low, long high, long step) implements SearchDimension {
    public IntegerRange {
      requireOrdered((double) low, (double) high);
      if (step < 1) {
        throw new IllegalArgumentException("step must be at least 1, not " + step);
      }
      BigDecimal width = BigDecimal.valueOf(high).subtract(BigDecimal.valueOf(low));
      if (width.remainder(BigDecimal.valueOf(step)).signum() != 0) {
        throw new IllegalArgumentException(
            "step must lead from low to high exactly, which "
                + ("[" + low + ", " + high + "] by " + step + " does not"));
      }
      requireFew(width);
    }

    public IntegerRange(long low, long high) {
      this(low, high, 1);
    }
  }

  /**
   * A positive whole number, of which small ones are tried as densely as on a logarithmic scale:
   * {@code n} has the share of {@code [ln(n - 1/2), ln(n + 1/2)]}.
   */
  record LogIntegerRange(long low, long high) implements SearchDimension {
    public LogIntegerRange {
      requireOrdered((double) low, (double) high);
      if (low < 1) {
        throw new IllegalArgumentException("log_int needs low >= 1, not " + low);
      }
      requireFew(BigDecimal.valueOf(high));
    }
  }

  /**
   * A dimension that is part of a point only if each of other hyperparameters, its parents, is part
   * of the point with one of the listed values.
   *
   * @param dimension the candidate values, when there are any
   * @param when key paths of choices to the values that each must have
   */
  record Conditional(SearchDimension dimension, Map<String, List<Object>> when)
      implements SearchDimension {
    public Conditional {
      if (dimension instanceof Conditional) {
        throw new IllegalArgumentException("conditions of one dimension belong into one when");
      }
      Map<String, List<Object>> copy = new LinkedHashMap<>();
      when.forEach((key, values) -> copy.put(key, List.copyOf(values)));
      when = Collections.unmodifiableMap(copy);
    }
  }

  /** The candidate values, regardless of any condition. */
  default SearchDimension unconditional() {
    return this instanceof Conditional conditional ? conditional.dimension() : this;
  }

  /** The condition for being part of a point: parents to the values allowed; empty for none. */
  default Map<String, List<Object>> conditions() {
    return this instanceof Conditional conditional ? conditional.when() : Map.of();
  }

  private static void requireOrdered(double low, double high) {
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "a range needs finite [low, high] with low <= high, not [" + low + ", " + high + "]");
    }
  }

  /** Samplers count in doubles, which are exact up to 2^53. */
  private static void requireFew(BigDecimal count) {
    if (count.compareTo(BigDecimal.valueOf(1L << 52)) > 0) {
      throw new IllegalArgumentException(
          "a range of steps or whole numbers has at most 2^52 of them, not "
              + count.toBigInteger());
    }
  }
}
