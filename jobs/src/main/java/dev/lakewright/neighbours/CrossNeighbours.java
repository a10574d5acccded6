package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Neighbours of rows among other rows, both spread over a cluster, exact. Rows lie in regions; a
 * task compares one region of the queries with one of the candidates. What is found depends on the
 * rows and their keys alone, and what it takes grows with {@code queries × candidates}. To be
 * closed, which frees the executors' memory.
 */
public final class CrossNeighbours implements AutoCloseable {

  /** Parts of a task's memory that a region may take: a task holds two, while they arrive too. */
  private static final int SHARES = 6;

  private static final int BYTES_PER_NEIGHBOUR = 20;

  private final JavaRDD<NeighbourBlock> blocks;

  private CrossNeighbours(JavaRDD<NeighbourBlock> blocks) {
    this.blocks = blocks;
  }

  /** Which candidates are wanted. */
  public enum Order {
    NEAREST,
    FARTHEST
  }

  /** What a task does. */
  private record Comparison(int k, Order order) implements Serializable {

    /** Lists of the queries. Rows of one key are the same row, which is not its own neighbour. */
    NearestLists of(Region queries, Region candidates) {
      Side asking = Side.wanting(queries.rows(), queries.number(), k);
      Side offering = Side.offered(candidates.rows(), candidates.number());
      return switch (order) {
        case NEAREST -> nearest(asking, offering);
        case FARTHEST -> {
          new FarthestJoin(offering).search(asking);
          yield asking.lists();
        }
      };
    }

    private static NearestLists nearest(Side asking, Side offering) {
      int[] queries = asking.rows().positions();
      if (offering.rows() instanceof DenseRows candidates) {
        Frame frame = Frame.of((DenseRows) asking.rows(), candidates);
        new DenseJoin(frame, DenseJoin.Pairs::ofTwoKeys)
            .between(asking, queries, offering, candidates.positions());
      } else {
        new SparseJoin((SparseRows) offering.rows()).search(asking, offering, false, true);
      }
      return asking.lists();
    }
  }

  /** A region where it meets another one. */
  private record Arrived(Region region, boolean asks) implements Serializable {}

  /**
   * Finds the neighbours of each query among the candidates; fewer where there are no more.
   *
   * @param queries all dense or all sparse, as the candidates, and of their width; keys of their
   *     own, which they share with themselves among the candidates
   * @param room its {@code rows} do not matter
   * @throws dev.lakewright.errors.DataException when either are none, or cannot be compared
   */
  public static CrossNeighbours find(
      JavaRDD<RowBlock> queries,
      JavaRDD<RowBlock> candidates,
      int k,
      Order order,
      NeighbourPlan.Room room) {
    RowSize asking = RowSize.of(queries);
    long lists = asking.rows() * k * BYTES_PER_NEIGHBOUR;
    int columns = Math.max(2 * room.tasks(), regions(asking.bytes() + lists, room));
    int rows = regions(RowSize.of(candidates).bytes(), room);
    JavaRDD<Region> asked = spread(queries, columns);
    JavaRDD<Region> offered = spread(candidates, rows);
    try {
      JavaRDD<NeighbourBlock> blocks =
          found(asked, offered, new Comparison(k, order)).persist(StorageLevel.MEMORY_AND_DISK());
      return computed(blocks);
    } finally {
      asked.unpersist();
      offered.unpersist();
    }
  }

  private static CrossNeighbours computed(JavaRDD<NeighbourBlock> blocks) {
    try {
      blocks.count();
      return new CrossNeighbours(blocks);
    } catch (RuntimeException e) {
      blocks.unpersist();
      throw e;
    }
  }

  private static int regions(long bytes, NeighbourPlan.Room room) {
    return (int) Math.min(1 << 12, bytes * SHARES / Math.max(1, room.task()) + 1);
  }

  private static JavaRDD<Region> spread(JavaRDD<RowBlock> rows, int regions) {
    return Regions.of(rows, new Layout.ByKey(regions)).persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static JavaRDD<NeighbourBlock> found(
      JavaRDD<Region> asked, JavaRDD<Region> offered, Comparison comparison) {
    int rows = offered.getNumPartitions();
    int columns = asked.getNumPartitions();
    JavaPairRDD<Integer, Arrived> asking =
        asked.flatMapToPair(
            region ->
                sent(region, true, IntStream.range(0, rows), row -> region.number() * rows + row));
    JavaPairRDD<Integer, Arrived> offering =
        offered.flatMapToPair(
            region ->
                sent(
                    region,
                    false,
                    IntStream.range(0, columns),
                    column -> column * rows + region.number()));
    JavaPairRDD<Integer, NearestLists> lists =
        asking
            .union(offering)
            .partitionBy(new ByNumber(rows * columns))
            .mapPartitionsToPair(arriving -> compared(arriving, comparison))
            .partitionBy(new ByNumber(columns));
    return asked.zipPartitions(lists, (region, found) -> block(region, found, comparison));
  }

  private static Iterator<Tuple2<Integer, Arrived>> sent(
      Region region, boolean asks, IntStream others, java.util.function.IntUnaryOperator meeting) {
    Arrived arrived = new Arrived(region, asks);
    return others.mapToObj(other -> new Tuple2<>(meeting.applyAsInt(other), arrived)).iterator();
  }

  /** What one region found in another; nothing where one of the two has no rows. */
  private static Iterator<Tuple2<Integer, NearestLists>> compared(
      Iterator<Tuple2<Integer, Arrived>> arriving, Comparison comparison) {
    Region asking = null;
    Region offering = null;
    while (arriving.hasNext()) {
      Arrived arrived = arriving.next()._2();
      asking = arrived.asks ? arrived.region : asking;
      offering = arrived.asks ? offering : arrived.region;
    }
    return asking == null || offering == null
        ? Stream.<Tuple2<Integer, NearestLists>>of().iterator()
        : List.of(new Tuple2<>(asking.number(), comparison.of(asking, offering))).iterator();
  }

  private static Iterator<NeighbourBlock> block(
      Iterator<Region> asked,
      Iterator<Tuple2<Integer, NearestLists>> found,
      Comparison comparison) {
    if (!asked.hasNext()) {
      return List.<NeighbourBlock>of().iterator();
    }
    Region region = asked.next();
    NearestLists lists = new NearestLists(region.rows().rows(), comparison.k);
    found.forEachRemaining(each -> lists.merge(each._2()));
    NearestLists told = comparison.order == Order.FARTHEST ? lists.negated() : lists;
    return List.of(new NeighbourBlock(region.number(), region.rows(), told)).iterator();
  }

  /** The queries with their neighbours in the order that was asked for. */
  public JavaRDD<NeighbourBlock> blocks() {
    return blocks;
  }

  @Override
  public void close() {
    blocks.unpersist();
  }
}
