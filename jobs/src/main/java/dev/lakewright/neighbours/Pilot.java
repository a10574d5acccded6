package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The true neighbours of a sample of rows. One half tells how far an approximate search has to
 * look, the other what it found.
 */
final class Pilot {

  /** Rows of the sample, about. */
  static final int SAMPLE = 2400;

  /** With this rows are compared wherever their distances to centroids admit it at all. */
  private static final double MOST_EFFORT = 1000;

  private static final long SEED = 0x70696c6f74L;

  private final int k;
  private final Queries queries;
  private final NearestLists truth;

  /** Rows of the sample with where they lie. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Queries(DenseRows rows, int[] cells, double[] ranges) implements Serializable {}

  private Pilot(int k, Queries queries, NearestLists truth) {
    this.k = k;
    this.queries = queries;
    this.truth = truth;
  }

  /** Searches all regions for the neighbours of the sample: two jobs. */
  static Pilot of(
      JavaSparkContext spark,
      JavaRDD<SearchedRegion> regions,
      Broadcast<Cells> cells,
      long rows,
      NeighbourSearch search) {
    double share = Math.min(1, (double) SAMPLE / rows);
    long seed = search.seed() ^ SEED;
    Queries queries = together(regions.map(each -> sample(each.region(), share, seed)).collect());
    Broadcast<Queries> asked = spark.broadcast(queries);
    // one more, since a row finds itself
    int wanted = search.k() + 1;
    List<NearestLists> found =
        regions.map(each -> nearest(asked.value(), each.region(), cells.value(), wanted)).collect();
    asked.destroy();
    NearestLists truth = new NearestLists(queries.rows.rows(), wanted);
    found.forEach(truth::merge);
    return new Pilot(search.k(), queries, truth);
  }

  private static Queries sample(Region region, double share, long seed) {
    long[] keys = region.rows().keys();
    int[] chosen =
        IntStream.range(0, keys.length)
            .filter(row -> Mixing.unit(Mixing.mix(keys[row], seed)) < share)
            .toArray();
    int[] home = region.cellOfRows();
    return new Queries(
        (DenseRows) region.rows().select(chosen),
        Arrays.stream(chosen).map(row -> home[row]).toArray(),
        Arrays.stream(chosen).mapToDouble(row -> region.ranges()[row]).toArray());
  }

  private static Queries together(List<Queries> parts) {
    return new Queries(
        DenseRows.concatenation(parts.stream().map(Queries::rows).toList()),
        parts.stream().flatMapToInt(part -> Arrays.stream(part.cells)).toArray(),
        parts.stream().flatMapToDouble(part -> Arrays.stream(part.ranges)).toArray());
  }

  /** The nearest rows of a region, and as their homes the bits of the effort that finds them. */
  private static NearestLists nearest(Queries queries, Region region, Cells cells, int wanted) {
    DenseRows rows = (DenseRows) region.rows();
    Side x = Side.wanting(queries.rows, 0, wanted);
    // rows are told by their numbers at first
    DenseRows numbered =
        new DenseRows(
            Arrays.stream(rows.positions()).asLongStream().toArray(),
            rows.columns(),
            rows.values());
    new DenseJoin(Frame.of(queries.rows, rows), DenseJoin.Pairs::any)
        .between(x, queries.rows.positions(), Side.offered(numbered, 0), rows.positions());
    NearestLists named = new NearestLists(queries.rows.rows(), wanted);
    int[] home = region.cellOfRows();
    for (int query = 0; query < queries.rows.rows(); query++) {
      for (int rank = 0; rank < x.lists().size(query); rank++) {
        int row = (int) x.lists().key(query, rank);
        double effort =
            effort(
                cells,
                new Place(queries.rows, query, queries.cells[query], queries.ranges[query]),
                new Place(rows, row, home[row], region.ranges()[row]));
        named.offer(
            query,
            rows.keys()[row],
            Float.floatToIntBits((float) effort),
            x.lists().square(query, rank));
      }
    }
    return named;
  }

  /** A row with its cell and the squared distance within which its cell holds neighbours. */
  private record Place(DenseRows rows, int row, int cell, double range) {

    double square(Cells cells, int other) {
      return rows.square(row, cells.centroids(), other);
    }
  }

  /** The least effort with which two rows are compared, see {@link Claims}. */
  private static double effort(Cells cells, Place x, Place y) {
    if (x.cell == y.cell) {
      return 0;
    }
    double distance = cells.distance(x.cell, y.cell);
    double missing =
        x.square(cells, y.cell)
            + y.square(cells, x.cell)
            - distance * distance
            - (x.range + y.range) / 2;
    return missing > 0 ? missing / (x.square(cells, x.cell) + y.square(cells, y.cell)) : 0;
  }

  /** The least effort that finds this share of the first half's neighbours. */
  double effort(double recall) {
    double[] efforts =
        IntStream.range(0, queries.rows.rows())
            .filter(query -> !judges(query))
            .mapToObj(this::ofNeighbours)
            .flatMapToDouble(
                neighbours ->
                    Arrays.stream(neighbours.ranks)
                        .mapToDouble(
                            rank -> Float.intBitsToFloat(truth.home(neighbours.query, rank))))
            .sorted()
            .toArray();
    if (efforts.length == 0) {
      return MOST_EFFORT;
    }
    long at = Math.min(efforts.length - 1L, Math.round(recall * efforts.length));
    // rows on their centroids may have any
    return Math.min(MOST_EFFORT, efforts[(int) at]);
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Neighbours(int query, int[] ranks) {}

  /** The ranks of a query's true neighbours: all but the row itself, once. */
  private Neighbours ofNeighbours(int query) {
    long own = queries.rows.keys()[query];
    int self =
        IntStream.range(0, truth.size(query))
            .filter(rank -> truth.key(query, rank) == own)
            .findFirst()
            .orElse(k);
    return new Neighbours(
        query, IntStream.range(0, truth.size(query)).filter(rank -> rank != self).toArray());
  }

  private boolean judges(int query) {
    return (Mixing.mix(queries.rows.keys()[query], ~SEED) & 1) == 1;
  }

  /** The share of the second half's neighbours that were found: one job. */
  double recall(JavaSparkContext spark, JavaRDD<NeighbourBlock> blocks) {
    Map<Long, Double> farthest = new HashMap<>();
    long wanted = 0;
    for (int query = 0; query < queries.rows.rows(); query++) {
      int[] ranks = ofNeighbours(query).ranks;
      if (judges(query) && ranks.length > 0) {
        farthest.put(queries.rows.keys()[query], truth.square(query, ranks[ranks.length - 1]));
        wanted += ranks.length;
      }
    }
    Broadcast<Map<Long, Double>> asked = spark.broadcast(farthest);
    long found = blocks.map(block -> found(block, asked.value())).fold(0L, Long::sum);
    asked.destroy();
    return wanted == 0 ? 1 : (double) found / wanted;
  }

  private static long found(NeighbourBlock block, Map<Long, Double> farthest) {
    long found = 0;
    for (int row = 0; row < block.rows().rows(); row++) {
      Double square = farthest.get(block.rows().keys()[row]);
      for (int rank = 0; square != null && rank < block.size(row); rank++) {
        found += block.square(row, rank) <= square ? 1 : 0;
      }
    }
    return found;
  }
}
