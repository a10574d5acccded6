package dev.lakewright.sampling;

/** Random under-sampling: rows drawn without replacement. */
record RandomUnder() implements UnderSampling {

  @Override
  public int[] select(RowsByClass rows, int label, int count, Draws draws) {
    return Shares.drawn(rows.of(label), count, draws);
  }
}
