package dev.lakewright.neighbours;

import dev.lakewright.errors.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Nearest neighbours of rows spread over a cluster. Rows lie in regions; a task compares two of
 * them. What is found depends on the rows, their keys and the seed, not on how the rows are spread.
 *
 * <p>Exact: every two regions are compared. Approximate: rows are gathered in the cells of
 * centroids (Lloyd's algorithm on a sample), neighbours are found in each row's cell, then in other
 * cells of its region, then in all, of the rows that {@link Claims} chooses; the true neighbours of
 * a sample tell how far rows must look, and of another how many were found. To be closed, which
 * frees the executors' memory.
 */
public final class ClusterNeighbours implements AutoCloseable {

  private static final long SAMPLE_SEED = 0x63656c6c73L;

  /**
   * What the approximate search aims above what is asked for, since a sample tells how far to look.
   */
  private static final double MARGIN = 0.0075;

  private final JavaRDD<NeighbourBlock> blocks;
  private final int k;
  private final NeighbourPlan plan;
  private final OptionalDouble recall;

  private ClusterNeighbours(
      JavaRDD<NeighbourBlock> blocks, int k, NeighbourPlan plan, OptionalDouble recall) {
    this.blocks = blocks;
    this.k = k;
    this.plan = plan;
    this.recall = recall;
  }

  /**
   * Finds the neighbours of all rows among all rows. A row is never its own neighbour. The rows are
   * read two or three times: persist them if that is expensive.
   *
   * @param rows all dense or all sparse, of one width; rows of one key must be equal
   * @param room its {@code rows} do not matter
   * @throws DataException when there are no rows, or some cannot be compared
   */
  public static ClusterNeighbours find(
      JavaRDD<RowBlock> rows, NeighbourSearch search, NeighbourPlan.Room room) {
    NeighbourPlan plan =
        NeighbourPlan.choose(
            search, RowSize.of(rows), new NeighbourPlan.Room(0, room.task(), room.tasks()));
    return plan.method() == NeighbourSearch.Method.EXACT
        ? exact(rows, search, plan)
        : approximate(rows, search, plan);
  }

  private static ClusterNeighbours exact(
      JavaRDD<RowBlock> rows, NeighbourSearch search, NeighbourPlan plan) {
    int k = search.k();
    JavaRDD<SearchedRegion> regions = searched(rows, new Layout.ByKey(plan.regions()), k);
    try {
      JavaRDD<NeighbourBlock> blocks =
          blocks(regions, RegionPair.exact(plan.regions()), (pair, a, b) -> pair.compare(a, b, k));
      return new ClusterNeighbours(blocks, k, plan, OptionalDouble.empty());
    } finally {
      regions.unpersist();
    }
  }

  private static ClusterNeighbours approximate(
      JavaRDD<RowBlock> rows, NeighbourSearch search, NeighbourPlan plan) {
    int k = search.k();
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<Cells> cells =
        spark.broadcast(
            SampledCells.of(rows, plan.size(), plan.cells(), search.seed() ^ SAMPLE_SEED));
    JavaRDD<SearchedRegion> regions = searched(rows, new Layout.ByCell(plan.regions(), cells), k);
    try {
      Pilot pilot = Pilot.of(spark, regions, cells, plan.size().rows(), search);
      RegionPair.Probing probing =
          new RegionPair.Probing(cells, pilot.effort(Math.min(1, search.recall() + MARGIN)));
      JavaRDD<NeighbourBlock> blocks = blocks(within(regions, k, probing), plan, k, probing);
      double recall = pilot.recall(spark, blocks);
      return new ClusterNeighbours(blocks, k, plan, OptionalDouble.of(recall));
    } finally {
      regions.unpersist();
    }
  }

  /** The regions, each searched by itself, in place of what they were before. */
  private static JavaRDD<SearchedRegion> within(
      JavaRDD<SearchedRegion> regions, int k, RegionPair.Probing probing) {
    JavaRDD<SearchedRegion> within =
        regions
            .map(each -> RegionPair.within(each, k, probing))
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      within.count();
      regions.unpersist();
      return within;
    } catch (RuntimeException e) {
      within.unpersist();
      throw e;
    }
  }

  private static JavaRDD<NeighbourBlock> blocks(
      JavaRDD<SearchedRegion> regions, NeighbourPlan plan, int k, RegionPair.Probing probing) {
    try {
      return blocks(
          regions,
          RegionPair.approximate(plan.regions()),
          (pair, a, b) -> RegionPair.compare(a, b, k, probing));
    } finally {
      regions.unpersist();
    }
  }

  private static JavaRDD<SearchedRegion> searched(JavaRDD<RowBlock> rows, Layout layout, int k) {
    return Regions.of(rows, layout)
        .map(region -> SearchedRegion.of(region, k))
        .persist(StorageLevel.MEMORY_AND_DISK());
  }

  private interface Comparison extends Serializable {
    List<RegionPair.Found> of(RegionPair pair, Region a, Region b);
  }

  /** Brings the regions of each pair together, and what was found for a region to that region. */
  private static JavaRDD<NeighbourBlock> blocks(
      JavaRDD<SearchedRegion> regions, List<RegionPair> pairs, Comparison comparison) {
    JavaPairRDD<Integer, RegionPair.Found> found =
        regions
            .flatMapToPair(each -> sent(each.region(), pairs))
            .partitionBy(new ByNumber(pairs.size()))
            .mapPartitionsWithIndex(
                (number, arriving) -> compare(pairs.get(number), arriving, comparison), false)
            .mapToPair(each -> new Tuple2<>(each.region(), each))
            .partitionBy(new ByNumber(regions.getNumPartitions()));
    JavaRDD<NeighbourBlock> blocks =
        regions
            .zipPartitions(found, ClusterNeighbours::block)
            .persist(StorageLevel.MEMORY_AND_DISK());
    try {
      blocks.count();
      return blocks;
    } catch (RuntimeException e) {
      blocks.unpersist();
      throw e;
    }
  }

  private static Iterator<Tuple2<Integer, Region>> sent(Region region, List<RegionPair> pairs) {
    return IntStream.range(0, pairs.size())
        .filter(number -> pairs.get(number).concerns(region.number()))
        .mapToObj(number -> new Tuple2<>(number, region))
        .iterator();
  }

  private static Iterator<RegionPair.Found> compare(
      RegionPair pair, Iterator<Tuple2<Integer, Region>> arriving, Comparison comparison) {
    List<Region> regions = new ArrayList<>();
    arriving.forEachRemaining(each -> regions.add(each._2()));
    boolean complete = regions.size() == 2;
    if (!complete) {
      // a region of no rows is never sent
      return List.<RegionPair.Found>of().iterator();
    }
    regions.sort(Comparator.comparingInt(Region::number));
    return comparison.of(pair, regions.get(0), regions.get(regions.size() - 1)).iterator();
  }

  private static Iterator<NeighbourBlock> block(
      Iterator<SearchedRegion> regions, Iterator<Tuple2<Integer, RegionPair.Found>> found) {
    if (!regions.hasNext()) {
      return List.<NeighbourBlock>of().iterator();
    }
    SearchedRegion searched = regions.next();
    NearestLists lists = searched.own().select(searched.region().rows().positions());
    found.forEachRemaining(each -> lists.merge(each._2().lists()));
    return List.of(new NeighbourBlock(searched.region().number(), searched.region().rows(), lists))
        .iterator();
  }

  /** Rows with their neighbours; partition i holds region i, if it has rows. */
  public JavaRDD<NeighbourBlock> blocks() {
    return blocks;
  }

  /** Neighbours per row that were asked for. */
  public int k() {
    return k;
  }

  /** How they were found. */
  public NeighbourPlan plan() {
    return plan;
  }

  /**
   * Of an approximate search, the share of true neighbours that were found, measured on a sample of
   * about {@value Pilot#SAMPLE} / 2 rows.
   */
  public OptionalDouble recall() {
    return recall;
  }

  /** Number of rows. */
  public long rows() {
    return plan.size().rows();
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}
