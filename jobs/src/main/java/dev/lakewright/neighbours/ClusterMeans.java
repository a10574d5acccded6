package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Clusters of dense rows spread over a cluster of machines, by Lloyd's algorithm (1982) from rows
 * drawn at random, until no mean moves, or {@value #ROUNDS} rounds. A cluster may be left without
 * rows. What is found depends on the rows, their keys and the seed alone. To be closed, which frees
 * the executors' memory.
 */
public final class ClusterMeans implements AutoCloseable {

  private static final int ROUNDS = 10;

  /** Sums are added region by region, so that regions must depend on the rows alone. */
  private static final int ROWS_PER_REGION = 1 << 15;

  /** Means that a task adds up. */
  private static final int MEANS_PER_PART = 1 << 10;

  private final JavaRDD<Region> regions;
  private final Broadcast<Cells> cells;
  private final Broadcast<Cells> means;

  private ClusterMeans(JavaRDD<Region> regions, Broadcast<Cells> cells, Broadcast<Cells> means) {
    this.regions = regions;
    this.cells = cells;
    this.means = means;
  }

  /**
   * Clusters rows.
   *
   * @param rows dense; read three times
   * @param count clusters at most
   * @throws dev.lakewright.errors.DataException when there are no rows, or some cannot be compared
   */
  public static ClusterMeans of(JavaRDD<RowBlock> rows, int count, long seed) {
    RowSize size = RowSize.of(rows);
    int parts = (int) (size.rows() / ROWS_PER_REGION + 1);
    JavaRDD<Region> regions =
        Regions.of(rows, new Layout.ByKey(parts)).persist(StorageLevel.MEMORY_AND_DISK());
    try {
      return settled(regions, SampledCells.unmoved(rows, size, count, seed));
    } catch (RuntimeException e) {
      regions.unpersist();
      throw e;
    }
  }

  private static ClusterMeans settled(JavaRDD<Region> regions, Cells first) {
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(regions.context());
    Broadcast<Cells> cells = spark.broadcast(first);
    Broadcast<Cells> means = spark.broadcast(moved(regions, cells));
    for (int round = 1; round < ROUNDS && !isSame(cells.value(), means.value()); round++) {
      cells.destroy();
      cells = means;
      means = spark.broadcast(moved(regions, cells));
    }
    return new ClusterMeans(regions, cells, means);
  }

  private static boolean isSame(Cells cells, Cells others) {
    return Arrays.equals(cells.centroids().values(), others.centroids().values());
  }

  /**
   * Sums of a region's rows by their cells.
   *
   * @param cells that have rows, ascending
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Sums(int region, int[] cells, int[] counts, double[] values)
      implements Serializable {}

  /** Some means. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Means(int[] cells, float[] values) implements Serializable {}

  /** Every centroid to the mean of its rows. */
  private static Cells moved(JavaRDD<Region> regions, Broadcast<Cells> cells) {
    DenseRows old = cells.value().centroids();
    int columns = old.columns();
    float[] values = old.values().clone();
    List<Means> means =
        regions
            .flatMapToPair(region -> sums(region, cells.value()))
            .groupByKey(new ByNumber(old.rows() / MEANS_PER_PART + 1))
            .map(part -> means(part._2(), columns))
            .collect();
    for (Means some : means) {
      for (int i = 0; i < some.cells.length; i++) {
        System.arraycopy(some.values, i * columns, values, some.cells[i] * columns, columns);
      }
    }
    return new Cells(new DenseRows(old.keys(), columns, values));
  }

  private static Iterator<Tuple2<Integer, Sums>> sums(Region region, Cells cells) {
    DenseRows rows = (DenseRows) region.rows();
    int columns = rows.columns();
    int[] homes = cells.homes(rows).cells();
    int[] counts = new int[cells.count()];
    Arrays.stream(homes).forEach(cell -> counts[cell]++);
    int[] used = used(counts);
    int[] places = new int[cells.count()];
    for (int i = 0; i < used.length; i++) {
      places[used[i]] = i;
    }
    double[] values = new double[used.length * columns];
    for (int row = 0; row < homes.length; row++) {
      int to = places[homes[row]] * columns;
      for (int c = 0; c < columns; c++) {
        values[to + c] += rows.values()[row * columns + c];
      }
    }
    return parts(region.number(), used, counts, values, columns).iterator();
  }

  private static List<Tuple2<Integer, Sums>> parts(
      int region, int[] used, int[] counts, double[] values, int columns) {
    List<Tuple2<Integer, Sums>> parts = new ArrayList<>();
    for (int from = 0, to; from < used.length; from = to) {
      int part = used[from] / MEANS_PER_PART;
      to = from;
      while (to < used.length && used[to] / MEANS_PER_PART == part) {
        to++;
      }
      int[] some = Arrays.copyOfRange(used, from, to);
      parts.add(
          new Tuple2<>(
              part,
              new Sums(
                  region,
                  some,
                  Arrays.stream(some).map(cell -> counts[cell]).toArray(),
                  Arrays.copyOfRange(values, from * columns, to * columns))));
    }
    return parts;
  }

  /** Adds up in the order of the regions. */
  private static Means means(Iterable<Sums> arriving, int columns) {
    List<Sums> sums = new ArrayList<>();
    arriving.forEach(sums::add);
    sums.sort(Comparator.comparingInt(Sums::region));
    int first = sums.get(0).cells[0] / MEANS_PER_PART * MEANS_PER_PART;
    double[] totals = new double[MEANS_PER_PART * columns];
    int[] counts = new int[MEANS_PER_PART];
    for (Sums some : sums) {
      for (int i = 0; i < some.cells.length; i++) {
        int place = some.cells[i] - first;
        counts[place] += some.counts[i];
        for (int c = 0; c < columns; c++) {
          totals[place * columns + c] += some.values[i * columns + c];
        }
      }
    }
    int[] used = used(counts);
    float[] values = new float[used.length * columns];
    for (int i = 0; i < values.length; i++) {
      int place = used[i / columns];
      values[i] = (float) (totals[place * columns + i % columns] / counts[place]);
    }
    return new Means(Arrays.stream(used).map(place -> first + place).toArray(), values);
  }

  /** Places of numbers above 0. */
  private static int[] used(int[] counts) {
    return IntStream.range(0, counts.length).filter(place -> counts[place] > 0).toArray();
  }

  /**
   * Rows with their clusters.
   *
   * @param clusters per row
   * @param squares per row its squared distance to the cluster's mean
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Members(long[] keys, int[] clusters, double[] squares) implements Serializable {}

  /** All rows. */
  public JavaRDD<Members> members() {
    Broadcast<Cells> homes = cells;
    Broadcast<Cells> centers = means;
    return regions.map(region -> members((DenseRows) region.rows(), homes, centers));
  }

  private static Members members(DenseRows rows, Broadcast<Cells> cells, Broadcast<Cells> means) {
    int[] clusters = cells.value().homes(rows).cells();
    double[] squares = new double[clusters.length];
    DenseRows centers = means.value().centroids();
    Arrays.setAll(squares, row -> rows.square(row, centers, clusters[row]));
    return new Members(rows.keys(), clusters, squares);
  }

  /** Per cluster the mean of its rows, of those that have some: {@code clusters × columns}. */
  public DenseRows means() {
    return means.value().centroids();
  }

  @Override
  public void close() {
    regions.unpersist();
    // not destroyed: what was made of the members may still name them
    cells.unpersist();
    means.unpersist();
  }
}
