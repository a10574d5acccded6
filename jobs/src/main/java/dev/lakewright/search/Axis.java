package dev.lakewright.search;

import dev.lakewright.config.SearchDimension;
import dev.lakewright.config.SearchDimension.Choice;
import dev.lakewright.config.SearchDimension.IntegerRange;
import dev.lakewright.config.SearchDimension.LogIntegerRange;
import dev.lakewright.config.SearchDimension.LogUniform;
import dev.lakewright.config.SearchDimension.SteppedUniform;
import dev.lakewright.config.SearchDimension.Uniform;
import java.math.BigDecimal;
import java.util.List;

/**
 * A dimension laid on the unit interval such that its own distribution becomes uniform there. Each
 * of countable values has a cell, as wide as the value is likely.
 */
sealed interface Axis {

  /** The value at a coordinate of [0, 1]. */
  Object at(double unit);

  /** The coordinate of a value, the middle of its cell; NaN if this axis has no such value. */
  double unit(Object value);

  /** Where the cell around a coordinate begins; the coordinate itself on a continuum. */
  default double cellLow(double unit) {
    return unit;
  }

  /** Where the cell around a coordinate ends; the coordinate itself on a continuum. */
  default double cellHigh(double unit) {
    return unit;
  }

  /** The number of values; 0 for a continuum. */
  default long count() {
    return 0;
  }

  /** Whether near coordinates are near values. */
  default boolean isOrdered() {
    return true;
  }

  static Axis of(SearchDimension dimension) {
    if (dimension instanceof Choice choice) {
      return new Choices(choice.values());
    } else if (dimension instanceof Uniform range) {
      return new Reals(range.low(), range.high());
    } else if (dimension instanceof LogUniform range) {
      return new LogReals(range.low(), range.high());
    } else if (dimension instanceof SteppedUniform range) {
      return RealSteps.of(range);
    } else if (dimension instanceof IntegerRange range) {
      return new WholeSteps(
          range.low(), range.step(), (range.high() - range.low()) / range.step() + 1);
    } else if (dimension instanceof LogIntegerRange range) {
      return new LogWholes(range.low(), range.high());
    }
    return of(dimension.unconditional());
  }

  /** Values without an order. */
  record Choices(List<Object> values) implements Axis {
    @Override
    public Object at(double unit) {
      return values.get((int) cell(unit, values.size()));
    }

    @Override
    public double unit(Object value) {
      int index = value == null ? -1 : values.indexOf(value);
      return index < 0 ? Double.NaN : (index + 0.5) / values.size();
    }

    @Override
    public double cellLow(double unit) {
      return (double) cell(unit, values.size()) / values.size();
    }

    @Override
    public double cellHigh(double unit) {
      return (cell(unit, values.size()) + 1.0) / values.size();
    }

    @Override
    public long count() {
      return values.size();
    }

    @Override
    public boolean isOrdered() {
      return false;
    }
  }

  /** Reals of a linear scale. */
  record Reals(double low, double high) implements Axis {
    @Override
    public Object at(double unit) {
      return clamp(low + unit * (high - low), low, high);
    }

    @Override
    public double unit(Object value) {
      double real = number(value);
      return real >= low && real <= high ? share(real, low, high) : Double.NaN;
    }
  }

  /** Reals of a logarithmic scale. */
  record LogReals(double low, double high) implements Axis {
    @Override
    public Object at(double unit) {
      double from = StrictMath.log(low);
      return clamp(StrictMath.exp(from + unit * (StrictMath.log(high) - from)), low, high);
    }

    @Override
    public double unit(Object value) {
      double real = number(value);
      return real >= low && real <= high
          ? share(StrictMath.log(real), StrictMath.log(low), StrictMath.log(high))
          : Double.NaN;
    }
  }

  /** The decimal numbers {@code low + i * step}, exact as decimals, so that 0.15 is 0.15. */
  record RealSteps(BigDecimal low, BigDecimal step, long count) implements Axis {
    static RealSteps of(SteppedUniform range) {
      BigDecimal low = BigDecimal.valueOf(range.low());
      BigDecimal step = BigDecimal.valueOf(range.step());
      BigDecimal steps = BigDecimal.valueOf(range.high()).subtract(low).divide(step);
      return new RealSteps(low, step, steps.longValueExact() + 1);
    }

    private double value(long index) {
      return step.multiply(BigDecimal.valueOf(index)).add(low).doubleValue();
    }

    @Override
    public Object at(double unit) {
      return value(cell(unit, count));
    }

    @Override
    public double unit(Object value) {
      double steps = (number(value) - low.doubleValue()) / step.doubleValue();
      double index = StrictMath.rint(steps);
      boolean fits = index >= 0 && index < count && Math.abs(steps - index) < 1e-6;
      return fits ? (index + 0.5) / count : Double.NaN;
    }

    @Override
    public double cellLow(double unit) {
      return (double) cell(unit, count) / count;
    }

    @Override
    public double cellHigh(double unit) {
      return (cell(unit, count) + 1.0) / count;
    }
  }

  /** The whole numbers {@code low + i * step}. */
  record WholeSteps(long low, long step, long count) implements Axis {
    @Override
    public Object at(double unit) {
      return low + cell(unit, count) * step;
    }

    @Override
    public double unit(Object value) {
      double index = (number(value) - low) / step;
      boolean fits = index >= 0 && index < count && index == StrictMath.rint(index);
      return fits ? (index + 0.5) / count : Double.NaN;
    }

    @Override
    public double cellLow(double unit) {
      return (double) cell(unit, count) / count;
    }

    @Override
    public double cellHigh(double unit) {
      return (cell(unit, count) + 1.0) / count;
    }
  }

  /** Whole numbers of a logarithmic scale: {@code n} has [ln(n - 1/2), ln(n + 1/2)]. */
  record LogWholes(long low, long high) implements Axis {
    private long whole(double unit) {
      double from = StrictMath.log(low - 0.5);
      double to = StrictMath.log(high + 0.5);
      long nearest = StrictMath.round(StrictMath.exp(from + unit * (to - from)));
      return Math.max(low, Math.min(high, nearest));
    }

    private double edge(double real) {
      return share(StrictMath.log(real), StrictMath.log(low - 0.5), StrictMath.log(high + 0.5));
    }

    @Override
    public Object at(double unit) {
      return whole(unit);
    }

    @Override
    public double unit(Object value) {
      double real = number(value);
      boolean fits = real >= low && real <= high && real == StrictMath.rint(real);
      return fits ? (edge(real - 0.5) + edge(real + 0.5)) / 2 : Double.NaN;
    }

    @Override
    public double cellLow(double unit) {
      return low == high ? 0 : edge(whole(unit) - 0.5);
    }

    @Override
    public double cellHigh(double unit) {
      return low == high ? 1 : edge(whole(unit) + 0.5);
    }

    @Override
    public long count() {
      return high - low + 1;
    }
  }

  private static long cell(double unit, long count) {
    return Math.max(0, Math.min(count - 1, (long) (unit * count)));
  }

  private static double share(double value, double low, double high) {
    return low < high ? (value - low) / (high - low) : 0.5;
  }

  private static double number(Object value) {
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }

  private static double clamp(double value, double low, double high) {
    return Math.max(low, Math.min(high, value));
  }
}
