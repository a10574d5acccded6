package dev.lakewright.neighbours;

import java.io.Serializable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The nearest rows found so far of some queries: at most {@code k} each, the nearest first, of
 * equal distance the lower key first, so that the order in which rows are offered does not matter.
 */
final class NearestLists implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int k;
  private final long[] keys;
  private final int[] homes;
  private final double[] squares;
  private final double[] ceilings;

  /**
   * Empty lists.
   *
   * @param k 0 for queries that want no neighbours
   */
  NearestLists(int queries, int k) {
    this(k, new long[Math.multiplyExact(queries, k)], new double[0]);
  }

  /**
   * Empty lists that rows beyond a distance need not enter.
   *
   * @param ceilings per query a squared distance
   */
  NearestLists(int k, double[] ceilings) {
    this(k, new long[Math.multiplyExact(ceilings.length, k)], ceilings);
  }

  private NearestLists(int k, long[] keys, double[] ceilings) {
    this.k = k;
    this.keys = keys;
    this.ceilings = ceilings;
    this.homes = new int[keys.length];
    this.squares = new double[keys.length];
    Arrays.fill(squares, Double.POSITIVE_INFINITY);
    Arrays.fill(homes, -1);
  }

  int k() {
    return k;
  }

  int queries() {
    return k == 0 ? 0 : keys.length / k;
  }

  /** Squared distance that a row must not exceed to enter the list. */
  double bound(int query) {
    if (k == 0) {
      return Double.NEGATIVE_INFINITY;
    }
    double last = squares[query * k + k - 1];
    return ceilings.length == 0 ? last : Math.min(last, ceilings[query]);
  }

  /** The bounds of all queries. */
  double[] bounds() {
    return IntStream.range(0, queries()).mapToDouble(this::bound).toArray();
  }

  /** Number of neighbours found. */
  int size(int query) {
    int size = k;
    while (size > 0 && homes[query * k + size - 1] < 0) {
      size--;
    }
    return size;
  }

  long key(int query, int rank) {
    return keys[query * k + rank];
  }

  /** Where the neighbour lies, or -1 when there is none. */
  int home(int query, int rank) {
    return homes[query * k + rank];
  }

  double square(int query, int rank) {
    return squares[query * k + rank];
  }

  /** Says where a neighbour lies, or whatever else is to travel with it, at least 0. */
  void moveHome(int query, int rank, int home) {
    homes[query * k + rank] = home;
  }

  /** Enters a row if it is among the nearest. */
  void offer(int query, long key, int home, double square) {
    int first = query * k;
    int place = first + k;
    while (place > first && precedes(square, key, place - 1)) {
      place--;
    }
    if (place < first + k) {
      int moved = first + k - 1 - place;
      System.arraycopy(keys, place, keys, place + 1, moved);
      System.arraycopy(homes, place, homes, place + 1, moved);
      System.arraycopy(squares, place, squares, place + 1, moved);
      keys[place] = key;
      homes[place] = home;
      squares[place] = square;
    }
  }

  private boolean precedes(double square, long key, int place) {
    return homes[place] < 0
        || square < squares[place]
        || (square == squares[place] && key < keys[place]);
  }

  /** Enters what other lists of the same queries hold. */
  NearestLists merge(NearestLists other) {
    for (int query = 0; query < queries(); query++) {
      for (int rank = 0; rank < k && other.home(query, rank) >= 0; rank++) {
        offer(query, other.key(query, rank), other.home(query, rank), other.square(query, rank));
      }
    }
    return this;
  }

  /** The lists of some of the queries. */
  NearestLists select(int[] queries) {
    NearestLists chosen = new NearestLists(queries.length, k);
    for (int i = 0; i < queries.length; i++) {
      System.arraycopy(keys, queries[i] * k, chosen.keys, i * k, k);
      System.arraycopy(homes, queries[i] * k, chosen.homes, i * k, k);
      System.arraycopy(squares, queries[i] * k, chosen.squares, i * k, k);
    }
    return chosen;
  }

  /** The same with all squares of the other sign. */
  NearestLists negated() {
    NearestLists negated = select(IntStream.range(0, queries()).toArray());
    Arrays.setAll(negated.squares, i -> -squares[i]);
    return negated;
  }

  /** The same with the keys, which are row numbers here, as such. */
  NeighbourTable table() {
    int[] rows = new int[keys.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = homes[i] < 0 ? -1 : Math.toIntExact(keys[i]);
    }
    return new NeighbourTable(k, rows, squares);
  }
}
