package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * A task: the rows of two regions against each other, or of one with cells against itself.
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
   * @param effort see {@link Probes}
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

  /** All pairs of regions. */
  static List<RegionPair> approximate(int regions) {
    List<RegionPair> pairs = new ArrayList<>();
    for (int second = 0; second < regions; second++) {
      for (int first = 0; first <= second; first++) {
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

  /** Compares the rows of cells that they look into. */
  static List<Found> compare(Region a, Region b, int k, Probing probing) {
    Cells cells = probing.cells().value();
    boolean same = a.number() == b.number();
    Frame frame = Frame.of((DenseRows) a.rows(), (DenseRows) b.rows());
    Probes ofA = Probes.of(a, b, cells, probing.effort());
    Probes ofB = same ? ofA : Probes.of(b, a, cells, probing.effort());
    Probes.settle(ofA, a, ofB, b);
    Side x = side(a, k);
    Side y = same ? x : side(b, k);
    look(x, a, ofA, y, b, ofB, frame);
    if (same) {
      return List.of(found(x));
    }
    look(y, b, ofB, x, a, ofA, frame);
    return List.of(found(x), found(y));
  }

  /** A pair whose rows look into each other's cells counts once, from the lower cell. */
  private static void look(
      Side x, Region from, Probes probes, Side y, Region into, Probes back, Frame frame) {
    int[] home = from.cellOfRows();
    int[] otherHome = into.cellOfRows();
    DenseJoin join =
        new DenseJoin(
            frame,
            (p, row, q, other) -> home[row] < otherHome[other] || !back.contain(other, home[row]));
    for (int cell = 0; cell < into.cells(); cell++) {
      join.between(x, probes.rows(cell), y, into.cell(cell));
    }
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
