package dev.lakewright.augmentation;

import dev.lakewright.config.Folds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How many copies the rows of a class have in each training, but for where among the draws the rows
 * with one copy more end: for that the draws of some cells have to be looked at.
 */
public final class CopyPlan {

  /** Draws of one class with the same leading bits. */
  public record Cell(int label, int number) implements Serializable {

    /** The cell of a row. */
    public static Cell of(int label, long draw) {
      return new Cell(label, DrawHistogram.cell(draw));
    }
  }

  /** A row's part of the folds, and its draw. */
  public record Drawn(int part, long draw) implements Serializable {}

  /** The draw at a rank among those of a cell, without a fold. */
  private record Cut(int without, Cell cell, int rank) {}

  private final Folds folds;
  private final int[][] whole;
  private final List<Cut> cuts = new ArrayList<>();

  CopyPlan(Folds folds, int classes) {
    this.folds = folds;
    this.whole = new int[folds.count() + 1][classes];
  }

  void everyRow(int without, int label, int copies) {
    whole[without + 1][label] = copies;
  }

  void cut(int without, Cell cell, int rank) {
    cuts.add(new Cut(without, cell, rank));
  }

  /** The cells that have to be looked at. */
  public Set<Cell> cells() {
    Set<Cell> cells = new LinkedHashSet<>();
    cuts.forEach(cut -> cells.add(cut.cell()));
    return cells;
  }

  /**
   * Decides.
   *
   * @param drawn every row of each of {@link #cells()}, in any order
   */
  public CopySelection select(Map<Cell, List<Drawn>> drawn) {
    long[][] ends = new long[whole.length][whole[0].length];
    for (long[] training : ends) {
      Arrays.fill(training, Long.MIN_VALUE);
    }
    for (Cut cut : cuts) {
      long[] ordered =
          drawn.get(cut.cell()).stream()
              .filter(row -> folds.train(row.part(), cut.without()))
              .mapToLong(Drawn::draw)
              .sorted()
              .toArray();
      ends[cut.without() + 1][cut.cell().label()] = ordered[cut.rank()];
    }
    return new CopySelection(folds, whole, ends);
  }
}
