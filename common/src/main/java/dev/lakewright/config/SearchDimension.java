package dev.lakewright.config;

import java.util.List;

/**
 * The candidate values of one hyperparameter. In YAML: a list ({@code [1e-1, 1e-2]}), or one of
 * {@code {choice: [...]}}, {@code {uniform: [low, high]}}, {@code {log_uniform: [low, high]}},
 * {@code {int: [low, high]}}; ranges include both ends.
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

  /** A positive real number whose logarithm is uniform on {@code [ln low, ln high]}. */
  record LogUniform(double low, double high) implements SearchDimension {
    public LogUniform {
      requireOrdered(low, high);
      if (!(low > 0)) {
        throw new IllegalArgumentException("log_uniform needs low > 0, not " + low);
      }
    }
  }

  /** A whole number, uniform on {@code [low, high]}. */
  record IntegerRange(long low, long high) implements SearchDimension {
    public IntegerRange {
      requireOrdered((double) low, (double) high);
    }
  }

  private static void requireOrdered(double low, double high) {
    if (!(low <= high) || Double.isInfinite(low) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "a range needs finite [low, high] with low <= high, not [" + low + ", " + high + "]");
    }
  }
}
