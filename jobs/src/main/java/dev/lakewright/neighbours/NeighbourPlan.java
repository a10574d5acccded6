package dev.lakewright.neighbours;

import dev.lakewright.errors.ConfigException;
import java.io.Serializable;
import java.util.Locale;

/**
 * How the neighbours of rows are found.
 *
 * @param method never {@code AUTO}
 * @param place where
 * @param size of the rows
 * @param regions parts in which the rows are spread, 1 in memory
 */
public record NeighbourPlan(NeighbourSearch.Method method, Place place, RowSize size, int regions)
    implements Serializable {

  /** Multiply-adds that an exact search may take: some minutes of two cores. */
  public static final double EXACT_LIMIT = 4e12;

  /** The least rows of a cell of the approximate search, on average. */
  private static final int ROWS_PER_CELL = 250;

  /** Parts of a task's memory that a region may take: a task holds two, while they arrive too. */
  private static final int SHARES = 6;

  private static final int BYTES_PER_NEIGHBOUR = 20;

  /** Where neighbours are found. */
  public enum Place {
    MEMORY,
    CLUSTER
  }

  /**
   * What there is to plan with.
   *
   * @param rows bytes of rows that one process may hold; 0 keeps rows spread
   * @param task bytes that one task may take
   * @param tasks that run side by side
   */
  public record Room(long rows, long task, int tasks) {}

  /**
   * Chooses: exact while that is affordable, in memory while rows fit. What is found by an exact
   * search does not depend on the room, nor does what an approximate one finds.
   *
   * @throws ConfigException when an approximate search of sparse rows is asked for
   */
  public static NeighbourPlan choose(NeighbourSearch search, RowSize size, Room room) {
    if (search.method() == NeighbourSearch.Method.APPROXIMATE && !size.dense()) {
      throw new ConfigException(
          "the approximate search of neighbours is for dense rows, but these are sparse (%d columns); ask for the exact search"
              .formatted(size.columns()));
    }
    boolean affordable = !size.dense() || size.pairs() * size.columns() <= EXACT_LIMIT;
    boolean exact =
        search.method() == NeighbourSearch.Method.EXACT
            || (search.method() == NeighbourSearch.Method.AUTO && affordable)
            || cells(size) < 2;
    long bytes = size.bytes() + size.rows() * search.k() * BYTES_PER_NEIGHBOUR;
    boolean inMemory = exact && bytes <= room.rows();
    return new NeighbourPlan(
        exact ? NeighbourSearch.Method.EXACT : NeighbourSearch.Method.APPROXIMATE,
        inMemory ? Place.MEMORY : Place.CLUSTER,
        size,
        inMemory ? 1 : regions(bytes, exact, room));
  }

  /** Small enough for memory, and so many that no core waits long for the last task. */
  private static int regions(long bytes, boolean exact, Room room) {
    long byMemory = bytes * SHARES / Math.max(1, room.task()) + 1;
    long byTasks = (exact ? 2L : 3L) * room.tasks();
    return (int) Math.min(1 << 12, Math.max(byMemory, byTasks));
  }

  /** Cells of an approximate search; they depend on nothing but the number of rows. */
  static int cells(RowSize size) {
    return (int)
        Math.min(size.rows() / ROWS_PER_CELL, Math.round(2 * Math.sqrt((double) size.rows())));
  }

  int cells() {
    return cells(size);
  }

  /** One line for people. */
  public String describe() {
    String work =
        method == NeighbourSearch.Method.EXACT
            ? "%.2g distances".formatted(size.pairs())
            : "%d cells, of %.2g distances those of cells that may hold neighbours"
                .formatted(cells(), size.pairs());
    return String.format(
        Locale.ROOT,
        "neighbours: %s, %s; %d %s rows × %d columns, %.1f MB in %d regions, %s",
        method.name().toLowerCase(Locale.ROOT),
        place == Place.MEMORY ? "in memory" : "on the cluster",
        size.rows(),
        size.dense() ? "dense" : "sparse",
        size.columns(),
        size.bytes() / 1048576.0,
        regions,
        work);
  }
}
