package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig.Agreement;

/**
 * Edits again and again (Tomek, 1976): with the same number of neighbours until nothing changes
 * (repeated ENN), or with one more each time (all k-NN). Ends as well once a pass has made a class
 * smaller than the smallest was, or has emptied one.
 *
 * @param neighbours of each pass, or of the last
 * @param growing whether the passes look at 1, 2, … neighbours
 */
record RepeatedEditing(int neighbours, Agreement agreement, boolean growing) implements Cleaning {

  @Override
  public int[] keep(RowsByClass rows, boolean[] cleaned, Draws draws) {
    int[] kept = rows.all();
    boolean more = true;
    for (int pass = 1; more; pass++) {
      int before = kept.length;
      int width = growing ? pass : neighbours;
      kept = Editing.pass(rows, kept, cleaned, width, agreement);
      more =
          (growing ? pass < neighbours : kept.length < before)
              && rows.sizes().isOrderKept(rows.sizes(kept));
    }
    return kept;
  }
}
