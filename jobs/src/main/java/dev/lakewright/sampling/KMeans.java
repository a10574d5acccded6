package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import dev.lakewright.neighbours.RowDistances;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Clusters of rows by Lloyd's algorithm (1982) from the seeds of k-means++ (Arthur and
 * Vassilvitskii, 2007). No cluster is empty: one that would be gets the row farthest from its own
 * mean.
 *
 * @param assignment per row its cluster
 * @param means per cluster the mean of its rows
 */
@SuppressWarnings("ArrayRecordComponent")
record KMeans(int[] assignment, RowMatrix means) {

  private static final int MOST_ROUNDS = 100;

  /**
   * Clusters all rows of a matrix.
   *
   * @param clusters at least 1; not more than there are rows are made
   */
  static KMeans of(RowMatrix rows, int clusters, Draws draws) {
    RowMatrix means = rows.select(seeds(rows, Math.min(clusters, rows.rows()), draws));
    int[] assignment = new int[0];
    for (int round = 0; round < MOST_ROUNDS; round++) {
      int[] next = nearest(rows, means);
      if (Arrays.equals(next, assignment)) {
        break;
      }
      assignment = next;
      means = means(rows, assignment, means.rows());
    }
    return new KMeans(assignment, means);
  }

  /** Each next seed is a row drawn in proportion to the squared distance to the nearest seed. */
  private static int[] seeds(RowMatrix rows, int clusters, Draws draws) {
    int[] seeds = new int[clusters];
    double[] squares = new double[rows.rows()];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    RowDistances distances = new RowDistances(rows);
    seeds[0] = draws.below(rows.rows(), Draws.Use.START, 0, 0);
    for (int seed = 1; seed < clusters; seed++) {
      distances.from(seeds[seed - 1]);
      for (int row = 0; row < squares.length; row++) {
        squares[row] = Math.min(squares[row], distances.square(row));
      }
      squares[seeds[seed - 1]] = 0;
      seeds[seed] = drawn(squares, draws.uniform(Draws.Use.START, 0, seed));
    }
    return seeds;
  }

  private static int drawn(double[] squares, double share) {
    double left = share * Arrays.stream(squares).sum();
    for (int row = 0; row < squares.length; row++) {
      left -= squares[row];
      if (left < 0) {
        return row;
      }
    }
    return 0;
  }

  private static int[] nearest(RowMatrix rows, RowMatrix means) {
    RowMatrix both = new RowMatrix(rows.features());
    both.append(rows);
    both.append(means);
    int[] queries = IntStream.range(0, rows.rows()).toArray();
    int[] candidates = IntStream.range(rows.rows(), both.rows()).toArray();
    NeighbourTable table = NearestNeighbours.search(both, queries, candidates, 1);
    int[] assignment = new int[rows.rows()];
    int[] sizes = new int[means.rows()];
    double[] squares = new double[rows.rows()];
    for (int row = 0; row < assignment.length; row++) {
      assignment[row] = table.row(row, 0) - rows.rows();
      squares[row] = table.square(row, 0);
      sizes[assignment[row]]++;
    }
    fill(assignment, sizes, squares);
    return assignment;
  }

  private static void fill(int[] assignment, int[] sizes, double[] squares) {
    for (int cluster = 0; cluster < sizes.length; cluster++) {
      if (sizes[cluster] == 0) {
        int farthest = -1;
        for (int row = 0; row < squares.length; row++) {
          if (sizes[assignment[row]] > 1 && (farthest < 0 || squares[row] > squares[farthest])) {
            farthest = row;
          }
        }
        sizes[assignment[farthest]]--;
        sizes[cluster] = 1;
        assignment[farthest] = cluster;
        squares[farthest] = 0;
      }
    }
  }

  private static RowMatrix means(RowMatrix rows, int[] assignment, int clusters) {
    int[][] members = members(assignment, clusters);
    RowMatrix means = new RowMatrix(rows.features());
    double[] sums = new double[rows.features()];
    SparseVector vector = new SparseVector();
    for (int[] cluster : members) {
      mean(rows, cluster, sums, vector);
      means.add(vector, rows.label(cluster[0]), weight(rows, cluster));
    }
    means.trim();
    return means;
  }

  private static float weight(RowMatrix rows, int[] cluster) {
    double sum = 0;
    for (int row : cluster) {
      sum += rows.weight(row);
    }
    return (float) (sum / cluster.length);
  }

  /**
   * @param sums all 0, before and after
   */
  private static void mean(RowMatrix rows, int[] cluster, double[] sums, SparseVector out) {
    int entries = 0;
    for (int row : cluster) {
      entries += rows.starts()[row + 1] - rows.starts()[row];
    }
    int[] columns = new int[entries];
    int next = 0;
    for (int row : cluster) {
      for (int at = rows.starts()[row]; at < rows.starts()[row + 1]; at++) {
        sums[rows.columns()[at]] += rows.values()[at];
        columns[next++] = rows.columns()[at];
      }
    }
    Arrays.sort(columns);
    out.clear();
    for (int column : columns) {
      float value = (float) (sums[column] / cluster.length);
      if (value != 0) {
        out.add(column, value);
      }
      sums[column] = 0;
    }
  }

  /** Per cluster its rows, ascending. */
  static int[][] members(int[] assignment, int clusters) {
    int[] sizes = new int[clusters];
    Arrays.stream(assignment).forEach(cluster -> sizes[cluster]++);
    int[][] members = new int[clusters][];
    for (int cluster = 0; cluster < clusters; cluster++) {
      members[cluster] = new int[sizes[cluster]];
      sizes[cluster] = 0;
    }
    for (int row = 0; row < assignment.length; row++) {
      members[assignment[row]][sizes[assignment[row]]++] = row;
    }
    return members;
  }
}
