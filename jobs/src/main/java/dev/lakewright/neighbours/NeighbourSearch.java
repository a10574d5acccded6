package dev.lakewright.neighbours;

import dev.lakewright.errors.ConfigException;
import java.io.Serializable;

/**
 * What neighbours are asked for.
 *
 * @param k neighbours per row, at least 1
 * @param method how they may be found
 * @param recall share of the true neighbours that an approximate search should find, between 0 and
 *     1
 * @param seed of what is drawn: samples and first centroids
 */
public record NeighbourSearch(int k, Method method, double recall, long seed)
    implements Serializable {

  /** How neighbours are found. */
  public enum Method {
    AUTO,
    EXACT,
    APPROXIMATE
  }

  /** Checks the ranges. */
  public NeighbourSearch {
    if (k < 1) {
      throw new ConfigException("neighbours must be at least 1, not " + k);
    }
    if (!(recall > 0 && recall < 1)) {
      throw new ConfigException(
          "the recall of an approximate search must be above 0 and below 1, not %s; for all neighbours ask for the exact search"
              .formatted(recall));
    }
  }

  /** The defaults: exact where that is affordable, else with a recall of 0.95. */
  public static NeighbourSearch of(int k, long seed) {
    return new NeighbourSearch(k, Method.AUTO, 0.95, seed);
  }

  /** The same for other numbers of neighbours. */
  public NeighbourSearch of(int neighbours) {
    return new NeighbourSearch(neighbours, method, recall, seed);
  }

  /** The same by another method. */
  public NeighbourSearch by(Method other) {
    return new NeighbourSearch(k, other, recall, seed);
  }
}
