package dev.lakewright.ensemble;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.EnsembleConfig.Replacement;
import java.util.Arrays;

/**
 * Draws subsets in which no class has more than {@code ratio} times the rows of the smallest class:
 * random under-sampling, as imbalanced-learn's {@code RandomUnderSampler}.
 *
 * <p>Without replacement a member's rows are those of each class whose hashes, of the row's key,
 * the seed and the member, are the smallest. With replacement each draw's hash names a row of the
 * class, in the order of the rows. Either way subsets depend on the rows and the seed alone.
 */
public final class BalancedSubsets {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private final EnsembleConfig config;
  private final int[][] rowsOfClass;
  private final long[] identities;
  private final int most;

  /**
   * @param labels class index per row
   * @param keys stable hash per row; rows of equal keys lie side by side
   * @param rows number of rows, at least one
   */
  public BalancedSubsets(EnsembleConfig config, int[] labels, long[] keys, int rows, int classes) {
    this.config = config;
    this.rowsOfClass = byClass(labels, rows, classes);
    this.identities = identities(keys, rows);
    int smallest =
        Arrays.stream(rowsOfClass)
            .mapToInt(own -> own.length)
            .filter(n -> n > 0)
            .min()
            .orElseThrow();
    this.most = (int) Math.min(rows, Math.max(1, Math.round(smallest * config.ratio())));
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

  /** Rows of equal content have equal keys: their places among these tell them apart. */
  private static long[] identities(long[] keys, int rows) {
    long[] identities = new long[rows];
    long occurrence = 0;
    for (int row = 0; row < rows; row++) {
      occurrence = row > 0 && keys[row] == keys[row - 1] ? occurrence + 1 : 0;
      identities[row] = mix(keys[row] + occurrence * GOLDEN);
    }
    return identities;
  }

  /** The subset of a member. */
  public Subset draw(int member) {
    long stream = mix(config.seed() + (member + 1) * GOLDEN);
    int[] copies = new int[identities.length];
    long[] drawn = new long[rowsOfClass.length];
    for (int k = 0; k < rowsOfClass.length; k++) {
      int[] own = rowsOfClass[k];
      drawn[k] = Math.min(own.length, most);
      if (repeats(own.length)) {
        repeat(own, (int) drawn[k], mix(stream + k), copies);
      } else {
        choose(own, (int) drawn[k], stream, copies);
      }
    }
    return gather(copies, drawn);
  }

  private boolean repeats(int size) {
    Replacement drawing = config.drawing();
    return drawing == Replacement.ALL || (drawing == Replacement.OTHERS && size > most);
  }

  private static void repeat(int[] own, int count, long stream, int[] copies) {
    for (int draw = 0; draw < count; draw++) {
      long hash = mix(stream + draw * GOLDEN);
      copies[own[(int) ((hash >>> 32) * own.length >>> 32)]]++;
    }
  }

  private void choose(int[] own, int count, long stream, int[] copies) {
    if (count == own.length) {
      for (int row : own) {
        copies[row] = 1;
      }
      return;
    }
    long[] hashes = new long[own.length];
    for (int at = 0; at < own.length; at++) {
      hashes[at] = mix(identities[own[at]] ^ stream);
    }
    long[] ordered = hashes.clone();
    Arrays.sort(ordered);
    long last = ordered[count - 1];
    int left = count;
    for (int at = 0; at < own.length; at++) {
      if (hashes[at] < last) {
        copies[own[at]] = 1;
        left--;
      }
    }
    for (int at = 0; left > 0; at++) {
      if (hashes[at] == last) {
        copies[own[at]] = 1;
        left--;
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

  /** A bijection whose every output bit depends on every input bit (Stafford 2011, variant 13). */
  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
