package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig.Agreement;

/** Edited nearest neighbours (Wilson, 1972): removes rows that disagree with their neighbours. */
record EditedNeighbours(int neighbours, Agreement agreement) implements Cleaning {

  @Override
  public int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws) {
    return Editing.pass(rows, rows.all(), cleaned, neighbours, agreement);
  }
}
