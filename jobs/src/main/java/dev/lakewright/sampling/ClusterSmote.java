package dev.lakewright.sampling;

import dev.lakewright.errors.DataException;
import dev.lakewright.neighbours.ByNumber;
import dev.lakewright.neighbours.ClusterNeighbours;
import dev.lakewright.neighbours.Mixing;
import dev.lakewright.neighbours.NeighbourBlock;
import dev.lakewright.neighbours.RowBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaRDD;
import scala.Tuple2;

/**
 * SMOTE (Chawla, Bowyer, Hall and Kegelmeyer, 2002) over rows of one class that are spread over a
 * cluster: a synthetic row lies on the segment between a row and one of its k nearest neighbours of
 * the class. Which rows, neighbours and gaps is drawn by hashes of the rows' keys, so that keys and
 * seed alone decide. The base rows travel to where their neighbours lie.
 */
public final class ClusterSmote {

  /** Neighbours that one is drawn from, unless said otherwise. */
  public static final int NEIGHBOURS = 5;

  private static final long NEIGHBOUR = 0x6e656967L;
  private static final long GAP = 0x676170L;
  private static final long KEY = 0x6b6579L;

  private ClusterSmote() {}

  /**
   * Checks, before neighbours are looked for, that a class has enough rows.
   *
   * @throws DataException when it has no more rows than neighbours are wanted
   */
  public static void requireEnough(String label, long rows, int k) {
    if (rows <= k) {
      throw new DataException(
          "the class '%s' has %d rows, too few for SMOTE with %d neighbours; set fewer neighbours (at most %d), or use random_over"
              .formatted(label, rows, k, Math.max(0, rows - 1)));
    }
  }

  /** Base rows on their way to the region of their neighbours. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Request(RowBlock bases, long[] drawn, long[] neighbourKeys, double[] gaps)
      implements Serializable {}

  /**
   * Makes rows. Every row is the base of {@code count / rows} of them, rounded down or up.
   *
   * @param label of the class, for messages
   * @param neighbours of the class's rows
   * @param count of rows to make
   * @throws DataException when the class has no more rows than neighbours are wanted
   */
  public static JavaRDD<SyntheticRows> rows(
      String label, ClusterNeighbours neighbours, long count, long seed) {
    requireEnough(label, neighbours.rows(), neighbours.k());
    SyntheticShares shares =
        SyntheticShares.of(neighbours.blocks(), neighbours.rows(), count, seed);
    int regions = neighbours.blocks().getNumPartitions();
    return neighbours
        .blocks()
        .zipPartitions(
            neighbours
                .blocks()
                .flatMapToPair(block -> requests(block, shares, regions, seed))
                .partitionBy(new ByNumber(regions)),
            ClusterSmote::answer);
  }

  /** Draws that a base row takes part in, collected by the region of the neighbour. */
  private static final class Draws {
    private final IntStream.Builder rows = IntStream.builder();
    private final IntStream.Builder ranks = IntStream.builder();
    private final LongStream.Builder drawn = LongStream.builder();

    void add(int row, int rank, long bits) {
      rows.add(row);
      ranks.add(rank);
      drawn.add(bits);
    }
  }

  private static Iterator<Tuple2<Integer, Request>> requests(
      NeighbourBlock block, SyntheticShares shares, int regions, long seed) {
    Draws[] draws = new Draws[regions];
    Arrays.setAll(draws, region -> new Draws());
    SyntheticShares.Place[] places = SyntheticShares.places(block, seed);
    for (int row = 0; row < places.length; row++) {
      int copies = shares.of(places[row]);
      for (int copy = 0; copy < copies; copy++) {
        long bits = Mixing.mix(copy, places[row].hash());
        int rank = Mixing.below(block.size(row), Mixing.mix(NEIGHBOUR, bits));
        draws[block.home(row, rank)].add(row, rank, bits);
      }
    }
    return IntStream.range(0, regions)
        .mapToObj(region -> new Tuple2<>(region, request(block, draws[region])))
        .filter(pair -> pair._2().drawn.length > 0)
        .iterator();
  }

  private static Request request(NeighbourBlock block, Draws draws) {
    int[] rows = draws.rows.build().toArray();
    int[] ranks = draws.ranks.build().toArray();
    long[] drawn = draws.drawn.build().toArray();
    long[] keys = new long[rows.length];
    Arrays.setAll(keys, i -> block.key(rows[i], ranks[i]));
    double[] gaps =
        Arrays.stream(drawn).mapToDouble(b -> Mixing.unit(Mixing.mix(GAP, b))).toArray();
    return new Request(block.rows().select(rows), drawn, keys, gaps);
  }

  private static Iterator<SyntheticRows> answer(
      Iterator<NeighbourBlock> blocks, Iterator<Tuple2<Integer, Request>> arriving) {
    if (!blocks.hasNext()) {
      return List.<SyntheticRows>of().iterator();
    }
    RowBlock rows = blocks.next().rows();
    long[] keys = rows.keys();
    int[] byKey =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingLong(row -> keys[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    List<SyntheticRows> made = new ArrayList<>();
    arriving.forEachRemaining(pair -> made.add(made(pair._2(), rows, byKey)));
    return made.iterator();
  }

  private static SyntheticRows made(Request request, RowBlock rows, int[] byKey) {
    int[] bases = request.bases.positions();
    int[] others = new int[bases.length];
    long[] keys = new long[bases.length];
    for (int i = 0; i < bases.length; i++) {
      others[i] = find(request.neighbourKeys[i], rows.keys(), byKey);
      keys[i] = Mixing.mix(KEY, request.drawn[i]);
    }
    return new SyntheticRows(
        request.bases.keys(),
        request.neighbourKeys,
        request.gaps,
        request.bases.between(bases, rows, others, request.gaps, keys));
  }

  private static int find(long key, long[] keys, int[] byKey) {
    int low = 0;
    int high = byKey.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (keys[byKey[middle]] < key) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return byKey[low];
  }
}
