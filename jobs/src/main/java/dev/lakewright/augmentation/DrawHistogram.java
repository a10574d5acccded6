package dev.lakewright.augmentation;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.Folds;
import java.io.Serializable;
import java.util.List;

/**
 * Rows by class, fold and the leading bits of their draws: tells how many rows training has, and
 * where among the draws a class's quota ends, so that only the draws of that one cell need be
 * looked at.
 */
public final class DrawHistogram implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int BITS = 8;
  private static final int CELLS = 1 << BITS;

  private final Folds folds;
  private final int classes;
  private final long[] rows;

  public DrawHistogram(Folds folds, int classes) {
    this.folds = folds;
    this.classes = classes;
    this.rows = new long[Math.multiplyExact(folds.parts() * classes, CELLS)];
  }

  /** Counts a row. */
  public void add(int part, int label, long draw) {
    rows[place(part, label, cell(draw))]++;
  }

  /** Adds what another one counted. */
  public DrawHistogram merge(DrawHistogram other) {
    for (int i = 0; i < rows.length; i++) {
      rows[i] += other.rows[i];
    }
    return this;
  }

  private int place(int part, int label, int cell) {
    return (part * classes + label) * CELLS + cell;
  }

  /** The cell of a draw; cells ascend as draws do. */
  static int cell(long draw) {
    return (int) ((draw ^ Long.MIN_VALUE) >>> (64 - BITS));
  }

  /** Rows in a cell that a training without a fold has. */
  private long rows(int without, int label, int cell) {
    long sum = 0;
    for (int part = 0; part < folds.parts(); part++) {
      sum += folds.train(part, without) ? rows[place(part, label, cell)] : 0;
    }
    return sum;
  }

  private long[] classCounts(int without) {
    long[] counts = new long[classes];
    for (int label = 0; label < classes; label++) {
      for (int cell = 0; cell < CELLS; cell++) {
        counts[label] += rows(without, label, cell);
      }
    }
    return counts;
  }

  /** The copies that each training asks for. */
  public CopyPlan plan(AugmentationConfig config, List<String> names) {
    Quotas quotas = new Quotas(config, names);
    CopyPlan plan = new CopyPlan(folds, classes);
    for (int without = -1; without < folds.count(); without++) {
      long[] counts = classCounts(without);
      long[] wanted = quotas.of(counts, config.copies());
      for (int label = 0; label < classes; label++) {
        if (wanted[label] > 0) {
          plan.everyRow(without, label, (int) (wanted[label] / counts[label]));
          long more = wanted[label] % counts[label];
          if (more > 0) {
            cut(plan, without, label, more);
          }
        }
      }
    }
    return plan;
  }

  /** Finds the cell in which the rows with one copy more end. */
  private void cut(CopyPlan plan, int without, int label, long rank) {
    long below = 0;
    int cell = 0;
    while (below + rows(without, label, cell) <= rank) {
      below += rows(without, label, cell);
      cell++;
    }
    plan.cut(without, new CopyPlan.Cell(label, cell), (int) (rank - below));
  }
}
