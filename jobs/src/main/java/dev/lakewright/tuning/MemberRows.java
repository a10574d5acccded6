package dev.lakewright.tuning;

import dev.lakewright.ensemble.MemberDraws;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.OrderCut;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Rows of one part of the spread rows that a member of an ensemble sees, weighed, in their order.
 *
 * @param part its number
 * @param copies of each row, at least 1
 */
@SuppressWarnings("ArrayRecordComponent")
record MemberRows(int part, RowMatrix rows, int[] copies) implements Serializable {

  /**
   * What a member's rows are drawn by.
   *
   * @param cuts by label, where the random order of a class that is cut is
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Drawing(MemberDraws draws, OrderCut[] cuts) implements Serializable {}

  /**
   * A part among the rows that train without a fold.
   *
   * @param number of its first row
   * @param places by label, place of its first row within the class
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Start(int fold, FoldTask.Effort effort, long number, long[] places) {

    private boolean trains(FeatureBlock block, int row) {
      return block.trains(row, fold) && effort.trains(block.key(row));
    }
  }

  /** The rows of each member, in the order of the drawings. */
  static List<MemberRows> of(
      SpreadRows.Part part, Start start, List<Drawing> drawings, Featurizer featurizer) {
    int[] sizes = new int[start.places().length];
    forEach(part, start, (block, row) -> sizes[block.label(row)]++);
    List<Gathered> members =
        drawings.stream().map(drawing -> new Gathered(drawing, start, sizes, featurizer)).toList();
    forEach(part, start, new Dealer(members, start, featurizer));
    return members.stream().map(member -> member.rows(part.number())).toList();
  }

  private interface RowVisitor {
    void visit(FeatureBlock block, int row);
  }

  private static void forEach(SpreadRows.Part part, Start start, RowVisitor visitor) {
    for (FeatureBlock block : part.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (start.trains(block, row)) {
          visitor.visit(block, row);
        }
      }
    }
  }

  /** Gives each row to the members that draw it; it is weighed once, if any does. */
  private static final class Dealer implements RowVisitor {

    private final List<Gathered> members;
    private final Featurizer featurizer;
    private final int[] places;
    private final SparseVector vector = new SparseVector();
    private long number;

    Dealer(List<Gathered> members, Start start, Featurizer featurizer) {
      this.members = members;
      this.featurizer = featurizer;
      this.places = new int[start.places().length];
      this.number = start.number();
    }

    @Override
    public void visit(FeatureBlock block, int row) {
      int label = block.label(row);
      int place = places[label]++;
      boolean weighed = false;
      for (Gathered member : members) {
        int times = member.times(number, label, place);
        if (times > 0 && !weighed) {
          FeatureCounts counts = block.buffer();
          block.read(row, counts);
          featurizer.weigh(counts, vector);
          weighed = true;
        }
        if (times > 0) {
          member.add(vector, label, block.weight(row), times);
        }
      }
      number++;
    }
  }

  /** What is there of a member. */
  private static final class Gathered {

    private final Drawing drawing;
    private final int[][] repeated;
    private final RowMatrix rows;
    private int[] copies = new int[16];

    /**
     * @param sizes by label, rows in the part
     */
    Gathered(Drawing drawing, Start start, int[] sizes, Featurizer featurizer) {
      this.drawing = drawing;
      this.rows = new RowMatrix(featurizer.size(), copies.length, 256);
      this.repeated = new int[sizes.length][];
      for (int label = 0; label < sizes.length; label++) {
        if (drawing.draws().repeats()[label]) {
          repeated[label] = repeated(label, start.places()[label], sizes[label]);
        }
      }
    }

    private int[] repeated(int label, long first, int size) {
      int[] times = new int[size];
      for (int draw = 0; draw < drawing.draws().counts()[label]; draw++) {
        long place = drawing.draws().place(label, draw) - first;
        if (place >= 0 && place < size) {
          times[(int) place]++;
        }
      }
      return times;
    }

    int times(long number, int label, int place) {
      if (repeated[label] != null) {
        return repeated[label][place];
      }
      boolean all = !drawing.draws().isCut(label);
      return all || drawing.cuts()[label].holds(number, drawing.draws().draws()) ? 1 : 0;
    }

    void add(SparseVector vector, int label, float weight, int times) {
      if (rows.rows() == copies.length) {
        copies = Arrays.copyOf(copies, copies.length * 2);
      }
      copies[rows.rows()] = times;
      rows.add(vector, label, weight);
    }

    MemberRows rows(int part) {
      rows.trim();
      return new MemberRows(part, rows, Arrays.copyOf(copies, rows.rows()));
    }
  }

  /** The subset of a member, of what all parts have of its rows. */
  static MemberRows joined(List<MemberRows> parts, int features) {
    parts.sort(Comparator.comparingInt(MemberRows::part));
    RowMatrix matrix = new RowMatrix(features);
    parts.forEach(each -> matrix.append(each.rows()));
    matrix.trim();
    int[] copies = parts.stream().flatMapToInt(each -> Arrays.stream(each.copies())).toArray();
    return new MemberRows(0, matrix, copies);
  }
}
