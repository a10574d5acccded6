package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * A task: the rows of two regions against each other.
 *
 * @param part which of {@link #PARTS} parts of the work, where a pair is work for several tasks
 */
record RegionPair(int first, int second, int part) implements Serializable {

  /** Tasks per pair of an exact search: as long as that of a region with itself. */
  private static final int PARTS = 2;

  /** What is found for the rows of a region. */
  record Found(int region, NearestLists lists) implements Serializable {}

  /**
   * Which pairs of rows an approximate search compares.
   *
   * @param effort see {@link Claims}
   */
  record Probing(Broadcast<Cells> cells, double effort) implements Serializable {}

  /** All pairs of different regions, twice. */
  static List<RegionPair> exact(int regions) {
    List<RegionPair> pairs = new ArrayList<>();
    for (int second = 1; second < regions; second++) {
      for (int first = 0; first < second; first++) {
        for (int part = 0; part < PARTS; part++) {
          pairs.add(new RegionPair(first, second, part));
        }
      }
    }
    return pairs;
  }

  /** All pairs of different regions. */
  static List<RegionPair> approximate(int regions) {
    List<RegionPair> pairs = new ArrayList<>();
    for (int second = 1; second < regions; second++) {
      for (int first = 0; first < second; first++) {
        pairs.add(new RegionPair(first, second, 0));
      }
    }
    return pairs;
  }

  boolean concerns(int region) {
    return region == first || region == second;
  }

  /** Compares all rows. */
  List<Found> compare(Region a, Region b, int k) {
    Side x = side(a, k);
    Side y = side(b, k);
    if (a.rows() instanceof DenseRows dense) {
      int rows = dense.rows();
      int[] half = IntStream.range(rows * part / PARTS, rows * (part + 1) / PARTS).toArray();
      new DenseJoin(Frame.of(dense, (DenseRows) b.rows()), DenseJoin.Pairs::any)
          .between(x, half, y, y.rows().positions());
      return List.of(found(x), found(y));
    }
    Side queries = part == 0 ? x : y;
    Side candidates = part == 0 ? y : x;
    new SparseJoin((SparseRows) candidates.rows()).search(queries, candidates, false, false);
    return List.of(found(queries));
  }

  /**
   * Compares rows of a region that may be neighbours. Before regions are compared with others,
   * since what is found narrows what comes into question there.
   */
  static SearchedRegion within(SearchedRegion searched, int k, Probing probing) {
    Region region = searched.region();
    Side side = side(region, k);
    new CellPairs(probing.cells().value(), probing.effort(), side, region, side, region).compare();
    NearestLists lists = searched.own().select(region.rows().positions()).merge(side.lists());
    return new SearchedRegion(region.narrowed(lists.bounds()), lists);
  }

  /** Compares rows of two regions that may be neighbours. */
  static List<Found> compare(Region a, Region b, int k, Probing probing) {
    Side x = side(a, k);
    Side y = side(b, k);
    new CellPairs(probing.cells().value(), probing.effort(), x, a, y, b).compare();
    return List.of(found(x), found(y));
  }

  private static Side side(Region region, int k) {
    NearestLists lists =
        region.bounds().length == 0
            ? new NearestLists(region.rows().rows(), k)
            : new NearestLists(k, Arrays.copyOf(region.bounds(), region.bounds().length));
    return new Side(region.rows(), region.number(), lists);
  }

  private static Found found(Side side) {
    return new Found(side.home(), side.lists());
  }
}
