package dev.lakewright.sampling;

/** Where a row of a resampled table comes from. */
public enum Origin {
  /** A row of the input, as it is. */
  ORIGINAL,
  /** A copy of its source row. */
  COPY,
  /** Its source row with noise (smoothed bootstrap). */
  SCATTERED,
  /** On the segment between its source row and another one. */
  BETWEEN,
  /** What its source row and the neighbours of that row have most often, column by column. */
  VOTE,
  /** Mean of a cluster of rows, of which its source is the nearest to the mean. */
  MEAN;

  /** Whether such a row is not part of the input. */
  public boolean isSynthetic() {
    return this != ORIGINAL;
  }
}
