package dev.lakewright.linear;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.matrix.WarmUp;
import dev.lakewright.model.SparseVector;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows for which numbers of lanes vectors are faster than plain loops by now: these numbers decide
 * which of the loops run.
 */
final class VectorsOfLanes {

  private static final int ROWS = 4;
  private static final int ENTRIES = 16;
  private static final Map<Integer, WarmUp> WARM_UPS = new ConcurrentHashMap<>();

  private VectorsOfLanes() {}

  /** Whether they are; the first question has them tried. */
  static boolean areFast(int lanes) {
    return WARM_UPS.computeIfAbsent(lanes, VectorsOfLanes::begin).over();
  }

  private static WarmUp begin(int lanes) {
    RowMatrix matrix = sample();
    return WarmUp.begin(
        "products-warm-up-" + lanes,
        work(new VectorRowProducts(matrix, lanes), lanes),
        work(new ScalarRowProducts(matrix, lanes), lanes));
  }

  private static RowMatrix sample() {
    RowMatrix matrix = new RowMatrix(ENTRIES);
    SparseVector row = new SparseVector();
    for (int column = 0; column < ENTRIES; column++) {
      row.add(column, 1);
    }
    for (int i = 0; i < ROWS; i++) {
      matrix.add(row, 0, 1);
    }
    return matrix;
  }

  private static Runnable work(RowProducts products, int lanes) {
    double[] vectors = new double[ENTRIES * lanes];
    double[] intercepts = new double[lanes];
    double[] margins = new double[ROWS * lanes];
    return () -> {
      products.margins(0, ROWS, vectors, intercepts, margins);
      products.addSums(0, ROWS, margins, vectors);
    };
  }
}
