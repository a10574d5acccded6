package dev.lakewright.ml;

import dev.lakewright.model.SparseVector;
import org.apache.spark.ml.linalg.Vector;

/** A feature vector, scaled: a buffer that is reused. */
final class ScaledRow {

  private final Scaling scaling;
  private final SparseVector out = new SparseVector();

  ScaledRow(Scaling scaling) {
    this.scaling = scaling;
  }

  /** Values of the row and of the centered features, which a sparse row may not mention. */
  SparseVector of(Vector row) {
    if (row.size() != scaling.factors().length) {
      throw new IllegalArgumentException(
          "a row has %d features, others %d; make them alike"
              .formatted(row.size(), scaling.factors().length));
    }
    out.clear();
    if (row instanceof org.apache.spark.ml.linalg.SparseVector sparse) {
      merge(sparse.indices(), sparse.values());
    } else {
      double[] values = row.toArray();
      for (int j = 0; j < values.length; j++) {
        put(j, values[j]);
      }
    }
    return out;
  }

  private void merge(int[] indices, double[] values) {
    int[] centered = scaling.centered();
    int next = 0;
    for (int i = 0; i < indices.length; i++) {
      for (; next < centered.length && centered[next] < indices[i]; next++) {
        put(centered[next], 0);
      }
      if (next < centered.length && centered[next] == indices[i]) {
        next++;
      }
      put(indices[i], values[i]);
    }
    for (; next < centered.length; next++) {
      put(centered[next], 0);
    }
  }

  private void put(int feature, double value) {
    float scaled = scaling.scaled(feature, value);
    if (scaled != 0) {
      out.add(feature, scaled);
    }
  }
}
