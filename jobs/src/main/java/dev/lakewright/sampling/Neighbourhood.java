package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig.Agreement;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What a row's nearest rows say of it.
 *
 * @param label of the row
 * @param labels of its nearest rows, nearest first
 */
@SuppressWarnings("ArrayRecordComponent")
public record Neighbourhood(int label, int[] labels) {

  static Neighbourhood of(RowsByClass rows, NeighbourTable table, int query, int label) {
    return new Neighbourhood(
        label,
        IntStream.range(0, Segments.known(table, query))
            .map(rank -> rows.label(table.row(query, rank)))
            .toArray());
  }

  /** How many of the nearest rows are of other classes. */
  private int strangers() {
    int strangers = 0;
    for (int other : labels) {
      strangers += other == label ? 0 : 1;
    }
    return strangers;
  }

  /** Whether at least half, but not all, are of other classes (Han et al., 2005, section 3). */
  public boolean isInDanger() {
    int strangers = strangers();
    return 2 * strangers >= labels.length && strangers < labels.length;
  }

  /** The share of other classes (He et al., 2008, algorithm 1). */
  public double hardness() {
    return (double) strangers() / Math.max(1, labels.length);
  }

  /**
   * Whether the row may stay (Wilson, 1972).
   *
   * @param agreement ALL: if all the nearest rows are of its class; MODE: if its class is their
   *     most frequent one, of equally frequent ones the first
   */
  public boolean agrees(Agreement agreement) {
    return switch (agreement) {
      case ALL -> strangers() == 0;
      case MODE -> labels.length == 0 || mode(labels.clone()) == label;
    };
  }

  /**
   * Whether the nearest rows would put the row into another class, it being the first of so many
   * itself (Laurikkala, 2001, figure 1, as imbalanced-learn reads it).
   */
  public boolean isPutWrongly(int neighbours) {
    int[] voters = Arrays.copyOf(labels, Math.min(labels.length, neighbours - 1) + 1);
    voters[voters.length - 1] = label;
    return mode(voters) != label;
  }

  /** The most frequent, of equally frequent ones the least. */
  private static int mode(int[] labels) {
    Arrays.sort(labels);
    int mode = labels[0];
    int most = 0;
    int start = 0;
    for (int i = 0; i < labels.length; i++) {
      start = labels[i] == labels[start] ? start : i;
      if (i - start + 1 > most) {
        most = i - start + 1;
        mode = labels[i];
      }
    }
    return mode;
  }
}
