package dev.lakewright.neighbours;

import java.util.List;
import java.util.stream.IntStream;

/** Lloyd's algorithm (1982), a few rounds on a sample: cells need not be the best, only even. */
final class KMeans {

  private static final int ROUNDS = 5;
  private static final int BLOCK = 2048;

  private KMeans() {}

  /**
   * Cells whose first centroids are the first rows.
   *
   * @param sample in random order, at least as many rows as cells
   */
  static Cells cells(DenseRows sample, int count) {
    List<DenseRows> blocks =
        IntStream.range(0, (sample.rows() + BLOCK - 1) / BLOCK)
            .mapToObj(b -> sample.select(block(b, sample.rows())))
            .toList();
    Cells cells = new Cells(sample.select(IntStream.range(0, count).toArray()));
    for (int round = 0; round < ROUNDS; round++) {
      Cells current = cells;
      List<Cells.Homes> homes = blocks.parallelStream().map(current::homes).toList();
      cells = moved(current, blocks, homes);
    }
    return cells;
  }

  private static int[] block(int number, int rows) {
    return IntStream.range(number * BLOCK, Math.min(rows, (number + 1) * BLOCK)).toArray();
  }

  /** Every centroid to the mean of its rows, which are added in their order. */
  private static Cells moved(Cells cells, List<DenseRows> blocks, List<Cells.Homes> homes) {
    int columns = cells.centroids().columns();
    double[] sums = new double[cells.count() * columns];
    int[] counts = new int[cells.count()];
    for (int b = 0; b < blocks.size(); b++) {
      float[] values = blocks.get(b).values();
      int[] cell = homes.get(b).cells();
      for (int row = 0; row < cell.length; row++) {
        counts[cell[row]]++;
        for (int c = 0; c < columns; c++) {
          sums[cell[row] * columns + c] += values[row * columns + c];
        }
      }
    }
    float[] centroids = cells.centroids().values().clone();
    for (int i = 0; i < centroids.length; i++) {
      int count = counts[i / columns];
      if (count > 0) {
        centroids[i] = (float) (sums[i] / count);
      }
    }
    return new Cells(new DenseRows(cells.centroids().keys(), columns, centroids));
  }
}
