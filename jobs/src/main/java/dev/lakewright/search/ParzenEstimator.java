package dev.lakewright.search;

import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.special.Erf;

/**
 * A density over some axes: an even mixture of the uniform one and, around each observed point, a
 * product of one kernel for each axis. Kernels are normal distributions truncated to the unit
 * interval, for countable values integrated over the value's cell (Bergstra et al., "Algorithms for
 * hyper-parameter optimization", NIPS 2011, section 4; joint over axes as in Falkner, Klein and
 * Hutter, "BOHB", ICML 2018, section 3.2); for choices, a share of the probability is spread evenly
 * (Aitchison and Aitken, Biometrika 63 (1976)).
 */
final class ParzenEstimator {

  private static final double SQRT_HALF = StrictMath.sqrt(0.5);
  private static final double SQRT_2_PI = StrictMath.sqrt(2 * StrictMath.PI);

  /** Weight of the choices beside the observed one, in observations. */
  private static final double CHOICES = 2;

  private final List<Axis> axes;
  private final double[][] centres;
  private final double[][] widths;
  private final double[] spread;
  private final double[][] logNorms;

  /**
   * @param centres coordinates of the observed points, one for each axis
   */
  ParzenEstimator(List<Axis> axes, double[][] centres) {
    this.axes = axes;
    this.centres = centres;
    this.widths = KernelWidths.of(centres, axes.size());
    this.spread = axes.stream().mapToDouble(axis -> spread(axis, centres.length)).toArray();
    this.logNorms = logNorms();
  }

  /** The probability that a kernel of choices draws evenly from all of them. */
  private static double spread(Axis axis, int points) {
    double choices = axis.count();
    return Math.min(1, CHOICES * choices / (points + 1 + choices));
  }

  private double[][] logNorms() {
    double[][] norms = new double[centres.length][axes.size()];
    for (int i = 0; i < centres.length; i++) {
      for (int axis = 0; axis < axes.size(); axis++) {
        double width = widths[i][axis];
        double unit = axes.get(axis).count() == 0 ? SQRT_2_PI * width : 1;
        norms[i][axis] = StrictMath.log(unit * mass(centres[i][axis], width, 0, 1));
      }
    }
    return norms;
  }

  /** Coordinates drawn from the mixture; those of countable values are the middles of cells. */
  double[] sample(SplittableRandom random) {
    int component = random.nextInt(centres.length + 1);
    double[] units = new double[axes.size()];
    for (int axis = 0; axis < units.length; axis++) {
      double unit =
          component < centres.length ? drawn(component, axis, random) : random.nextDouble();
      units[axis] = snapped(axes.get(axis), unit);
    }
    return units;
  }

  private double drawn(int component, int axis, SplittableRandom random) {
    double centre = centres[component][axis];
    if (!axes.get(axis).isOrdered()) {
      return random.nextDouble() < spread[axis] ? random.nextDouble() : centre;
    }
    double unit;
    do {
      unit = centre + widths[component][axis] * normal(random);
    } while (!(unit >= 0 && unit <= 1));
    return unit;
  }

  private static double snapped(Axis axis, double unit) {
    return axis.count() == 0 ? unit : (axis.cellLow(unit) + axis.cellHigh(unit)) / 2;
  }

  /** Box and Muller, "A note on the generation of random normal deviates" (1958). */
  private static double normal(SplittableRandom random) {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - random.nextDouble()));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }

  /** The logarithm of the density (of countable values: the probability) at some coordinates. */
  double logDensity(double[] units) {
    double[] terms = new double[centres.length + 1];
    for (int axis = 0; axis < units.length; axis++) {
      addLogKernels(axis, units[axis], terms);
    }
    double most = Double.NEGATIVE_INFINITY;
    for (double term : terms) {
      most = Math.max(most, term);
    }
    double sum = 0;
    for (double term : terms) {
      sum += StrictMath.exp(term - most);
    }
    return most + StrictMath.log(sum / terms.length);
  }

  private void addLogKernels(int index, double unit, double[] terms) {
    Axis axis = axes.get(index);
    double low = axis.cellLow(unit);
    double high = axis.cellHigh(unit);
    for (int i = 0; i < centres.length; i++) {
      double centre = centres[i][index];
      if (!axis.isOrdered()) {
        double own = centre > low && centre < high ? 1 - spread[index] : 0;
        terms[i] += StrictMath.log(own + spread[index] * (high - low));
      } else if (axis.count() == 0) {
        double distance = (unit - centre) / widths[i][index];
        terms[i] -= 0.5 * distance * distance + logNorms[i][index];
      } else {
        double cell = mass(centre, widths[i][index], low, high);
        terms[i] += StrictMath.log(Math.max(cell, Double.MIN_NORMAL)) - logNorms[i][index];
      }
    }
    terms[centres.length] += axis.count() == 0 ? 0 : StrictMath.log(high - low);
  }

  /** The probability of an interval under a normal distribution. */
  private static double mass(double centre, double width, double low, double high) {
    double scale = SQRT_HALF / width;
    return 0.5 * Erf.erf((low - centre) * scale, (high - centre) * scale);
  }
}
