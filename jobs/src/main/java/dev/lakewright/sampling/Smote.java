package dev.lakewright.sampling;

/**
 * SMOTE (Chawla, Bowyer, Hall, Kegelmeyer, 2002, section 4.2): rows between a row and one of its
 * nearest neighbours of the same class. Every row of the class is a base as often as any other up
 * to one.
 */
record Smote(int neighbours) implements OverSampling {

  @Override
  public void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out) {
    int[] members = rows.of(label);
    int[] copies = Shares.even(members, count, draws);
    Segments.make(rows.matrix(), members, copies, members, neighbours, draws, out);
  }
}
