package dev.lakewright.neighbours;

import java.util.Arrays;

/**
 * How near some rows come to some cells, for {@link Staircase} to tell which pairs of rows are
 * worth comparing.
 *
 * <p>For x in the cell with centroid a and y in that with centroid b, {@code |x − y|² = |x − b|² +
 * |y − a|² − |a − b|² − 2 (x − a)·(y − b)} (expand both sides). All but the last product is known
 * from distances to centroids. Two remainders in a space of many columns are nearly perpendicular,
 * so pairs count whose remainders need no more than {@code effort} as their cosine to come within
 * the mean of the squared distances r within which their own cells hold neighbours: {@code |x − b|²
 * + |y − a|² − |a − b|² − (r_x² + r_y²) / 2 <= effort (|x − a|² + |y − b|²)}. The product of the
 * remainders' lengths is replaced by the mean of their squares, which is no less, so that the
 * condition is a sum of two claims, one of x and one of y, in the unit of {@link Cells.Reading}.
 */
final class Claims {

  private final Region region;
  private final int[] starts;
  private final int[] places;
  private final float[][] claims;

  private Claims(Region region, int[] starts, int[] places, float[][] claims) {
    this.region = region;
    this.starts = starts;
    this.places = places;
    this.claims = claims;
  }

  /**
   * The claims of the rows of some of a region's cells on cells.
   *
   * @param of counted from the region's first
   * @param on their numbers
   */
  static Claims of(Region region, int[] of, Cells cells, int[] on, double effort) {
    int[] rows = Arrays.stream(of).flatMap(each -> Arrays.stream(region.cell(each))).toArray();
    float[][] claims = new float[on.length][rows.length];
    float[] shares = shares(region, rows, cells.scale(), effort);
    cells
        .ruler(on)
        .measure(
            ((DenseRows) region.rows()).select(rows),
            (row, nearness) -> {
              float share = shares[row];
              for (int cell = 0; cell < nearness.length; cell++) {
                claims[cell][row] = orAll(nearness[cell] + share);
              }
            });
    int[] places = new int[cells.count()];
    for (int i = 0; i < on.length; i++) {
      places[on[i]] = i;
    }
    return new Claims(region, starts(region, of), places, claims);
  }

  private static int[] starts(Region region, int[] of) {
    int[] starts = new int[region.cells()];
    int next = 0;
    for (int cell : of) {
      starts[cell] = next;
      next += region.cellStarts()[cell + 1] - region.cellStarts()[cell];
    }
    return starts;
  }

  /** What rows claim on any cell. */
  private static float[] shares(Region region, int[] rows, double scale, double effort) {
    float[] shares = new float[rows.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] = share(region, rows[i], scale, effort);
    }
    return shares;
  }

  private static float share(Region region, int row, double scale, double effort) {
    float nearness = Math.min(0, region.nearness()[row]);
    return orAll((float) (region.ranges()[row] * scale / 4 - effort * nearness));
  }

  /** Rows so far out that floats do not hold their distances claim everything. */
  private static float orAll(float claim) {
    return Float.isNaN(claim) ? Float.POSITIVE_INFINITY : claim;
  }

  /** The claims of the rows of one of the region's cells on a cell. */
  Staircase.Step step(int of, int on) {
    int from = region.cellStarts()[of];
    return new Staircase.Step(
        claims[places[on]], from - starts[of], from, region.cellStarts()[of + 1]);
  }

  /**
   * What the rows of a cell claim at most on any cell, and how far they are from their centroid.
   */
  record Most(double share, double radius) {

    static Most of(Region region, int cell, double scale, double effort) {
      double share = Double.NEGATIVE_INFINITY;
      double radius = 0;
      for (int row = region.cellStarts()[cell]; row < region.cellStarts()[cell + 1]; row++) {
        share = Math.max(share, Claims.share(region, row, scale, effort));
        double square = Math.max(0, -2 * region.nearness()[row] / scale);
        radius =
            Math.max(radius, Double.isNaN(square) ? Double.POSITIVE_INFINITY : Math.sqrt(square));
      }
      return new Most(share, radius);
    }

    /** No less than what they claim on a cell whose centroid is so far from theirs. */
    double on(double distance, double scale) {
      double nearest = Math.max(0, distance - radius);
      // what single precision loses is less, but for cells that lie far out and close together
      double loss = 1e-4 * (distance + radius) * (distance + radius);
      return share - (nearest * nearest - loss) * scale / 2;
    }
  }

  /** What two rows of these cells claim together at least, if they are to be compared. */
  static float least(Cells cells, int cell, int otherCell) {
    double distance = cells.distance(cell, otherCell);
    return (float) (-distance * distance * cells.scale() / 2);
  }
}
