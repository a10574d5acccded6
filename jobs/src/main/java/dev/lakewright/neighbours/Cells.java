package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * A partition of space: a row belongs to the cell whose centroid is nearest. Distances to centroids
 * are in single precision, the same wherever they are computed.
 */
final class Cells implements Serializable {

  private static final long serialVersionUID = 1L;

  private final DenseRows centroids;
  private final Frame frame;

  Cells(DenseRows centroids) {
    this.centroids = centroids;
    this.frame = Frame.of(centroids);
  }

  int count() {
    return centroids.rows();
  }

  DenseRows centroids() {
    return centroids;
  }

  double distance(int cell, int otherCell) {
    return Math.sqrt(centroids.square(cell, centroids, otherCell));
  }

  /** Squared distances in the frame of the centroids per squared distance of the rows. */
  double scale() {
    return (double) frame.factor() * frame.factor();
  }

  /** Compares rows with the cells {@code from .. to}; of no use to two threads at once. */
  Ruler ruler(int from, int to) {
    return ruler(IntStream.range(from, to).toArray());
  }

  /** Compares rows with some cells, likewise. */
  Ruler ruler(int[] some) {
    return new Ruler(some);
  }

  /** Where some rows belong. */
  @SuppressWarnings("ArrayRecordComponent")
  record Homes(int[] cells, float[] nearness) {}

  /** Finds the cell of each row, of equal distance the first. */
  Homes homes(DenseRows rows) {
    Homes homes = new Homes(new int[rows.rows()], new float[rows.rows()]);
    ruler(0, count())
        .measure(
            rows,
            (row, nearness) -> {
              int best = 0;
              for (int cell = 1; cell < nearness.length; cell++) {
                if (nearness[cell] > nearness[best]) {
                  best = cell;
                }
              }
              homes.cells[row] = best;
              homes.nearness[row] = nearness[best];
            });
    return homes;
  }

  /** Takes what a row's distances to the cells are. */
  interface Reading {

    /**
     * Reads.
     *
     * @param nearness per cell, minus half of the squared distance, in the centroids' frame;
     *     changes after the call
     */
    void accept(int row, float[] nearness);
  }

  /** Tiles of centroids. */
  final class Ruler {

    private static final int ROWS = 64;

    private final Tile[] tiles;
    private final float[][] nearness;
    private final Kernel kernel = Kernel.fastest();
    private final Nearness found;
    private final Tile.Group group = new Tile.Group(frame, ROWS);

    private Ruler(int[] cells) {
      int width = Tile.width(centroids.columns());
      float[] halves = Tile.halves(frame, centroids, 1);
      this.tiles = new Tile[(cells.length + width - 1) / width];
      for (int t = 0; t < tiles.length; t++) {
        tiles[t] = new Tile(frame);
        int first = t * width;
        tiles[t].fill(centroids, halves, cells, first, Math.min(width, cells.length - first));
      }
      this.nearness = new float[Kernel.GROUP][cells.length];
      this.found = new Nearness(width);
    }

    void measure(DenseRows rows, Reading reading) {
      int[] all = rows.positions();
      float[] halves = Tile.halves(frame, rows, 1);
      for (int from = 0; from < all.length; from += ROWS) {
        int count = Math.min(ROWS, all.length - from);
        group.fill(rows, halves, all, from, count);
        for (int first = 0; first < count; first += Kernel.GROUP) {
          measure(first);
          for (int i = 0; i < Kernel.GROUP && first + i < count; i++) {
            reading.accept(from + first + i, nearness[i]);
          }
        }
      }
    }

    private void measure(int first) {
      int to = 0;
      for (Tile tile : tiles) {
        kernel.compare(group, first, tile, found);
        for (int i = 0; i < Kernel.GROUP; i++) {
          System.arraycopy(found.values()[i], 0, nearness[i], to, tile.count());
        }
        to += tile.count();
      }
    }
  }
}
