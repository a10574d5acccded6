package dev.lakewright.sampling;

/** A way to find rows that blur the border between classes, or that say nothing about it. */
interface Cleaning {

  /**
   * The rows that stay, ascending.
   *
   * @param cleaned per class whether its rows may be removed
   */
  int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws);
}
