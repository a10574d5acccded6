package dev.lakewright.tuning;

import dev.lakewright.ensemble.MemberDraws;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.OrderCut;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import scala.Tuple2;

/**
 * Rows of one block of the spread rows that a member of an ensemble sees, weighed, in their order.
 *
 * @param block its number
 * @param copies of each row, at least 1
 */
@SuppressWarnings("ArrayRecordComponent")
record MemberRows(int block, RowMatrix rows, int[] copies) implements Serializable {

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

  /** The rows of each member, by its number, block by block. */
  static Iterator<Tuple2<Integer, MemberRows>> of(
      SpreadRows.Part part, Start start, List<Drawing> drawings, Featurizer featurizer) {
    int[] sizes = new int[start.places().length];
    for (FeatureBlock block : part.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (start.trains(block, row)) {
          sizes[block.label(row)]++;
        }
      }
    }
    List<Member> members =
        drawings.stream().map(drawing -> new Member(drawing, start, sizes)).toList();
    Position position = new Position(start);
    return part.blocks().stream()
        .flatMap(block -> dealt(block, start, position, members, featurizer))
        .iterator();
  }

  /** How far the rows of a part have been dealt out. */
  private static final class Position {

    private final int[] places;
    private long number;

    Position(Start start) {
      this.places = new int[start.places().length];
      this.number = start.number();
    }
  }

  /** Gives each row to the members that draw it; it is weighed once, if any does. */
  private static Stream<Tuple2<Integer, MemberRows>> dealt(
      FeatureBlock block,
      Start start,
      Position position,
      List<Member> members,
      Featurizer featurizer) {
    RowWeigher weigher = new RowWeigher(block, featurizer);
    Gathered[] gathered = new Gathered[members.size()];
    for (int row = 0; row < block.rows(); row++) {
      if (!start.trains(block, row)) {
        continue;
      }
      int label = block.label(row);
      int place = position.places[label]++;
      SparseVector vector = null;
      for (int member = 0; member < gathered.length; member++) {
        int times = members.get(member).times(position.number, label, place);
        if (times > 0) {
          vector = vector == null ? weigher.features(row) : vector;
          gathered[member] =
              gathered[member] == null ? new Gathered(featurizer.size()) : gathered[member];
          gathered[member].add(vector, label, block.weight(row), times);
        }
      }
      position.number++;
    }
    return IntStream.range(0, gathered.length)
        .filter(member -> gathered[member] != null)
        .mapToObj(member -> new Tuple2<>(member, gathered[member].rows(block.number())));
  }

  /** Which rows of a part a member draws, asked in their order. */
  private static final class Member {

    private final Drawing drawing;
    private final int[][] places;
    private final int[] asked;

    /**
     * @param sizes by label, rows in the part
     */
    Member(Drawing drawing, Start start, int[] sizes) {
      this.drawing = drawing;
      this.places = new int[sizes.length][];
      this.asked = new int[sizes.length];
      for (int label = 0; label < sizes.length; label++) {
        if (drawing.draws().repeats()[label]) {
          places[label] = places(label, start.places()[label], sizes[label]);
        }
      }
    }

    /** The places in the part that draws name, ascending. */
    private int[] places(int label, long first, int size) {
      return IntStream.range(0, Math.toIntExact(drawing.draws().counts()[label]))
          .mapToLong(draw -> drawing.draws().place(label, draw) - first)
          .filter(place -> place >= 0 && place < size)
          .mapToInt(place -> (int) place)
          .sorted()
          .toArray();
    }

    int times(long number, int label, int place) {
      if (places[label] == null) {
        boolean all = !drawing.draws().isCut(label);
        return all || drawing.cuts()[label].holds(number, drawing.draws().draws()) ? 1 : 0;
      }
      int from = asked[label];
      while (asked[label] < places[label].length && places[label][asked[label]] == place) {
        asked[label]++;
      }
      return asked[label] - from;
    }
  }

  /** What there is of a member. */
  private static final class Gathered {

    private final RowMatrix rows;
    private int[] copies = new int[16];

    Gathered(int features) {
      this.rows = new RowMatrix(features, copies.length, 256);
    }

    void add(SparseVector vector, int label, float weight, int times) {
      if (rows.rows() == copies.length) {
        copies = Arrays.copyOf(copies, copies.length * 2);
      }
      copies[rows.rows()] = times;
      rows.add(vector, label, weight);
    }

    MemberRows rows(int block) {
      rows.trim();
      return new MemberRows(block, rows, Arrays.copyOf(copies, rows.rows()));
    }
  }

  /** The subset of a member, of what all blocks have of its rows. */
  static MemberRows joined(List<MemberRows> blocks, int features) {
    blocks.sort(Comparator.comparingInt(MemberRows::block));
    RowMatrix matrix = new RowMatrix(features);
    blocks.forEach(each -> matrix.append(each.rows()));
    matrix.trim();
    int[] copies = blocks.stream().flatMapToInt(each -> Arrays.stream(each.copies())).toArray();
    return new MemberRows(0, matrix, copies);
  }
}
