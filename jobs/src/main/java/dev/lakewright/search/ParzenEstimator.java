package dev.lakewright.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
  private static final double CHOICES = 2.5;

  private final List<Axis> axes;
  private final double[][] centres;
  private final double[][] widths;
  private final double[] spread;
  private final double[][] logNorms;

  /** Of each axis of countable values what is known of them: few occur again and again. */
  private final List<Map<Double, double[]>> cells = new ArrayList<>();

  /**
   * @param centres coordinates of the observed points, one for each axis
   */
  ParzenEstimator(List<Axis> axes, double[][] centres) {
    this.axes = axes;
    this.centres = centres;
    this.widths = KernelWidths.of(axes, centres);
    this.spread = axes.stream().mapToDouble(axis -> spread(axis, centres.length)).toArray();
    this.logNorms = logNorms();
    axes.forEach(axis -> cells.add(new HashMap<>()));
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
    if (axes.get(index).count() == 0) {
      for (int i = 0; i < centres.length; i++) {
        double distance = (unit - centres[i][index]) / widths[i][index];
        terms[i] -= 0.5 * distance * distance + logNorms[i][index];
      }
      return;
    }
    double[] kernels = cells.get(index).computeIfAbsent(unit, u -> logKernels(index, u));
    for (int i = 0; i < terms.length; i++) {
      terms[i] += kernels[i];
    }
  }

  /**
   * The logarithm of the probability of a countable value under each kernel and the uniform one.
   */
  private double[] logKernels(int index, double unit) {
    Axis axis = axes.get(index);
    double low = axis.cellLow(unit);
    double high = axis.cellHigh(unit);
    double[] kernels = new double[centres.length + 1];
    for (int i = 0; i < centres.length; i++) {
      double centre = centres[i][index];
      if (axis.isOrdered()) {
        double cell = Math.max(mass(centre, widths[i][index], low, high), Double.MIN_NORMAL);
        kernels[i] = StrictMath.log(cell) - logNorms[i][index];
      } else {
        double own = centre > low && centre < high ? 1 - spread[index] : 0;
        kernels[i] = StrictMath.log(own + spread[index] * (high - low));
      }
    }
    kernels[centres.length] = StrictMath.log(high - low);
    return kernels;
  }

  /** The probability of an interval under a normal distribution. */
  private static double mass(double centre, double width, double low, double high) {
    double scale = SQRT_HALF / width;
    return 0.5 * Erf.erf((low - centre) * scale, (high - centre) * scale);
  }
}
