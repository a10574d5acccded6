package dev.lakewright.sampling;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Collects the rows of a resampled table: first those kept, then those made. */
final class MadeRows {

  private final RowMatrix input;
  private final RowMatrix rows;
  private final List<Origin> origins = new ArrayList<>();
  private int[] sources = new int[1024];
  private int[] others = new int[1024];

  private MadeRows(RowMatrix input) {
    this.input = input;
    this.rows = new RowMatrix(input.features());
  }

  /** All input rows stay. */
  static MadeRows after(RowMatrix input) {
    MadeRows made = new MadeRows(input);
    made.rows.append(input);
    for (int row = 0; row < input.rows(); row++) {
      made.record(Origin.ORIGINAL, row, -1);
    }
    return made;
  }

  /** Some input rows stay. */
  static MadeRows after(RowMatrix input, int[] kept) {
    MadeRows made = new MadeRows(input);
    for (int row : kept) {
      made.rows.add(input, row);
      made.record(Origin.ORIGINAL, row, -1);
    }
    return made;
  }

  /** Appends copies of a row. */
  void copy(int source, int copies) {
    for (int copy = 0; copy < copies; copy++) {
      rows.add(input, source);
      record(Origin.COPY, source, -1);
    }
  }

  /** Appends a row of the source's class. */
  void add(SparseVector vector, float weight, Origin origin, int source, int other) {
    rows.add(vector, input.label(source), weight);
    record(origin, source, other);
  }

  private void record(Origin origin, int source, int other) {
    int place = origins.size();
    if (place == sources.length) {
      sources = Arrays.copyOf(sources, place * 2);
      others = Arrays.copyOf(others, place * 2);
    }
    origins.add(origin);
    sources[place] = source;
    others[place] = other;
  }

  Resampled resampled() {
    rows.trim();
    int size = origins.size();
    return new Resampled(
        rows,
        origins.toArray(Origin[]::new),
        Arrays.copyOf(sources, size),
        Arrays.copyOf(others, size));
  }
}
