package dev.lakewright.ensemble;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.sampling.Shares;
import java.util.Arrays;

/**
 * Draws subsets in which no class has more than {@code ratio} times the rows of the smallest class:
 * random under-sampling, as imbalanced-learn's {@code RandomUnderSampler}. They depend on the seed,
 * and on how many rows there are in which order, of which classes.
 */
public final class BalancedSubsets {

  private final EnsembleConfig config;
  private final int[][] rowsOfClass;
  private final int rows;

  /**
   * @param labels class index per row
   * @param rows number of rows, at least one
   */
  public BalancedSubsets(EnsembleConfig config, int[] labels, int rows, int classes) {
    this.config = config;
    this.rowsOfClass = byClass(labels, rows, classes);
    this.rows = rows;
  }

  private static int[][] byClass(int[] labels, int rows, int classes) {
    int[] counts = new int[classes];
    for (int row = 0; row < rows; row++) {
      counts[labels[row]]++;
    }
    int[][] byClass = new int[classes][];
    for (int k = 0; k < classes; k++) {
      byClass[k] = new int[counts[k]];
    }
    int[] filled = new int[classes];
    for (int row = 0; row < rows; row++) {
      byClass[labels[row]][filled[labels[row]]++] = row;
    }
    return byClass;
  }

  /** The subset of a member. */
  public Subset draw(int member) {
    long[] sizes = Arrays.stream(rowsOfClass).mapToLong(own -> own.length).toArray();
    MemberDraws draws = MemberDraws.of(config, sizes, member);
    int[] copies = new int[rows];
    for (int label = 0; label < sizes.length; label++) {
      draw(draws, label, copies);
    }
    return gather(copies, draws.counts());
  }

  private void draw(MemberDraws draws, int label, int[] copies) {
    int[] own = rowsOfClass[label];
    int count = (int) draws.counts()[label];
    if (draws.repeats()[label]) {
      for (int draw = 0; draw < count; draw++) {
        copies[own[(int) draws.place(label, draw)]]++;
      }
    } else {
      for (int row : draws.isCut(label) ? Shares.drawn(own, count, draws.draws()) : own) {
        copies[row] = 1;
      }
    }
  }

  private static Subset gather(int[] copies, long[] drawn) {
    int[] rows = new int[copies.length];
    int count = 0;
    for (int row = 0; row < copies.length; row++) {
      if (copies[row] > 0) {
        copies[count] = copies[row];
        rows[count++] = row;
      }
    }
    return new Subset(Arrays.copyOf(rows, count), Arrays.copyOf(copies, count), drawn);
  }
}
