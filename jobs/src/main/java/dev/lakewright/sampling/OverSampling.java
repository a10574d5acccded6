package dev.lakewright.sampling;

/** A way to make rows of a class. */
interface OverSampling {

  /** Neighbours of its own class that it wants for a row; 0 if it looks at none. */
  int neighbours();

  /**
   * What it is on these rows, after the work that serves all classes.
   *
   * @param toMake per class how many rows will be made
   */
  default OverSampling prepared(RowsByClass rows, int[] toMake, Draws draws) {
    return this;
  }

  /** Appends exactly {@code count} rows of a class of at least two rows. */
  void make(RowsByClass rows, int label, int count, Draws draws, MadeRows out);
}
