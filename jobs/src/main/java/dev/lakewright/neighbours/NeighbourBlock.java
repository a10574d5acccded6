package dev.lakewright.neighbours;

import java.io.Serializable;

/** The rows of a region with their neighbours, which may lie in any region. */
public final class NeighbourBlock implements Serializable {

  private static final long serialVersionUID = 1L;

  private final int region;
  private final RowBlock rows;
  private final NearestLists lists;

  NeighbourBlock(int region, RowBlock rows, NearestLists lists) {
    this.region = region;
    this.rows = rows;
    this.lists = lists;
  }

  /** Number of the region, and of its partition. */
  public int region() {
    return region;
  }

  /** The rows, within a cell by ascending key. */
  public RowBlock rows() {
    return rows;
  }

  /** Neighbours that a row has, at most k. */
  public int size(int row) {
    return lists.size(row);
  }

  /** Key of a row's neighbour. */
  public long key(int row, int rank) {
    return lists.key(row, rank);
  }

  /** Region where a row's neighbour lies. */
  public int home(int row, int rank) {
    return lists.home(row, rank);
  }

  /** Squared distance of a row's neighbour. */
  public double square(int row, int rank) {
    return lists.square(row, rank);
  }
}
