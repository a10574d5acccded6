package dev.lakewright.search;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How far the kernels around observed points reach, so that they are narrow where points are dense:
 * along each axis to the farther of the two neighbours there (Bergstra et al., NIPS 2011, section
 * 4.2), within bounds, of which the lower falls as points become more; and this shortened, as joint
 * kernels of several axes overlap less than one axis shows. A kernel on countable values reaches
 * the next ones, or a search would never leave a value that all of its best points share.
 */
final class KernelWidths {

  private static final double SHORTENED = 0.6;
  private static final double LEAST = 0.01;
  private static final double OF_CELL = 0.8;

  private KernelWidths() {}

  /** Standard deviations on the unit interval, for each point and axis. */
  static double[][] of(List<Axis> axes, double[][] centres) {
    double[][] widths = new double[centres.length][axes.size()];
    for (int axis = 0; axis < axes.size(); axis++) {
      along(axes.get(axis), axis, centres, widths);
    }
    return widths;
  }

  private static void along(Axis scale, int axis, double[][] centres, double[][] widths) {
    int points = centres.length;
    int[] order =
        IntStream.range(0, points)
            .boxed()
            .sorted(Comparator.comparingDouble(point -> centres[point][axis]))
            .mapToInt(Integer::intValue)
            .toArray();
    double least = Math.max(LEAST, 1.0 / (points + 2));
    for (int i = 0; i < points; i++) {
      double centre = centres[order[i]][axis];
      double left = i > 0 ? centre - centres[order[i - 1]][axis] : 0;
      double right = i + 1 < points ? centres[order[i + 1]][axis] - centre : 0;
      double reach = points > 1 ? Math.max(left, right) : Math.max(centre, 1 - centre);
      double cell = scale.cellHigh(centre) - scale.cellLow(centre);
      widths[order[i]][axis] = Math.max(SHORTENED * Math.max(least, reach), OF_CELL * cell);
    }
  }
}
