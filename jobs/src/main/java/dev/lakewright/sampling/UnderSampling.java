package dev.lakewright.sampling;

/** A way to choose rows of a class. */
interface UnderSampling {

  /** What it is on these rows, after the work that serves all classes. */
  default UnderSampling prepared(RowsByClass rows, long seed) {
    return this;
  }

  /** At most {@code count} rows of a class, ascending. */
  int[] select(RowsByClass rows, int label, int count, Draws draws);
}
