package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourTable;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * SMOTE-NC (Chawla et al., 2002, section 6.1): SMOTE for numbers and categories. To find
 * neighbours, two different values of a category are as far apart as the median of the numbers'
 * standard deviations in the class. Numbers are made as by SMOTE; each category takes the value
 * that most of the base's neighbours have, of equally frequent ones that of the nearest.
 */
record SmoteNc(int neighbours, Columns columns) implements OverSampling {

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] members = rows.of(label);
    int[] copies = Shares.even(members, count, draws);
    NeighbourTable table = neighboursOf(rows.matrix(), members);
    CategoryVotes votes = new CategoryVotes(rows.matrix(), columns);
    int[] voters = new int[neighbours];
    for (int i = 0; i < members.length; i++) {
      int known = Segments.known(table, i);
      for (int rank = 0; rank < known; rank++) {
        voters[rank] = members[table.row(i, rank)];
      }
      if (copies[i] > 0) {
        votes.take(voters, known);
        make(rows.matrix(), members[i], voters, known, copies[i], votes, draws, out);
      }
    }
  }

  /** Neighbours within the class, as places among its members. */
  private NeighbourTable neighboursOf(RowMatrix matrix, int[] members) {
    // different values differ in two columns, so that each column counts half of the square
    float distance = (float) (medianDeviation(matrix, members) / Math.sqrt(2));
    RowMatrix measured = new RowMatrix(matrix.features());
    SparseVector vector = new SparseVector();
    for (int row : members) {
      vector.clear();
      for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
        int column = matrix.columns()[at];
        vector.add(column, columns.isNumber(column) ? matrix.values()[at] : distance);
      }
      measured.add(vector, matrix.label(row), matrix.weight(row));
    }
    int[] places = IntStream.range(0, members.length).toArray();
    return NearestNeighbours.search(measured, places, places, neighbours);
  }

  private double medianDeviation(RowMatrix matrix, int[] members) {
    double[] deviations = Deviations.of(matrix, members);
    double[] numbers =
        IntStream.range(0, deviations.length)
            .filter(columns::isNumber)
            .mapToDouble(column -> deviations[column])
            .sorted()
            .toArray();
    int middle = numbers.length / 2;
    return numbers.length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
  }

  private void make(
      RowMatrix matrix,
      int base,
      int[] voters,
      int known,
      int copies,
      CategoryVotes votes,
      Draws draws,
      MadeRows out) {
    int[] chosen = new int[columns.categoryCount()];
    int size = votes.columns(chosen);
    SparseVector numbers = new SparseVector();
    SparseVector vector = new SparseVector();
    for (int copy = 0; copy < copies; copy++) {
      int other = voters[draws.below(known, Draws.Use.NEIGHBOUR, base, copy)];
      double gap = draws.uniform(Draws.Use.GAP, base, copy);
      Segment.read(matrix, base, other, gap, columns::isNumber, numbers);
      merge(numbers, Arrays.copyOf(chosen, size), votes, vector);
      out.add(vector, Segment.weight(matrix, base, other), Origin.BETWEEN, base, other);
    }
  }

  private static void merge(
      SparseVector numbers, int[] chosen, CategoryVotes votes, SparseVector out) {
    out.clear();
    int next = 0;
    for (int i = 0; i < numbers.size(); i++) {
      while (next < chosen.length && chosen[next] < numbers.indices()[i]) {
        out.add(chosen[next], votes.value(chosen[next]));
        next++;
      }
      out.add(numbers.indices()[i], numbers.values()[i]);
    }
    for (; next < chosen.length; next++) {
      out.add(chosen[next], votes.value(chosen[next]));
    }
  }
}
