package dev.lakewright.sampling;

import dev.lakewright.model.SparseVector;

/**
 * SMOTEN (Chawla et al., 2002, section 6.2): for rows of categories only. Each value is the one
 * that the base and its nearest neighbours of the class have most often; neighbours are those by
 * {@link ValueDifferences}. Of equally frequent values the base's wins, or that of the nearest.
 */
record Smoten(int neighbours, Columns columns) implements OverSampling {

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] members = rows.of(label);
    int[] copies = Shares.even(members, count, draws);
    ValueDifferences differences = new ValueDifferences(rows, columns);
    CategoryVotes votes = new CategoryVotes(rows.matrix(), columns);
    SparseVector vector = new SparseVector();
    int[] chosen = new int[columns.categoryCount()];
    for (int i = 0; i < members.length; i++) {
      if (copies[i] == 0) {
        continue;
      }
      int[] voters = differences.nearest(members[i], members, neighbours);
      votes.take(voters, voters.length);
      int size = votes.columns(chosen);
      vector.clear();
      for (int place = 0; place < size; place++) {
        vector.add(chosen[place], votes.value(chosen[place]));
      }
      float weight = meanWeight(rows, voters);
      for (int copy = 0; copy < copies[i]; copy++) {
        out.add(vector, weight, Origin.VOTE, members[i], -1);
      }
    }
  }

  private static float meanWeight(RowsByClass rows, int[] voters) {
    double sum = 0;
    for (int voter : voters) {
      sum += rows.matrix().weight(voter);
    }
    return (float) (sum / voters.length);
  }
}
