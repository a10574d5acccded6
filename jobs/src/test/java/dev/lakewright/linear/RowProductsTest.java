package dev.lakewright.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class RowProductsTest {

  private static final int FEATURES = 30;

  @Property(tries = 300)
  void vectorAndScalarInstructionsGiveTheSameBits(
      @ForAll @IntRange(min = 4, max = 45) int lanes,
      @ForAll @IntRange(max = 6) int rows,
      @ForAll long seed) {
    assumeThat(RowProducts.VECTORS).isTrue();
    Random random = new Random(seed);
    RowMatrix matrix = matrix(rows + 2, random);
    double[] vectors = random.doubles(FEATURES * lanes, -1, 1).toArray();
    double[] intercepts = random.doubles(lanes, -1, 1).toArray();
    double[] before = random.doubles(FEATURES * lanes, -1, 1).toArray();

    double[][] margins = new double[2][rows * lanes];
    double[][] sums = {before.clone(), before.clone()};
    RowProducts[] products = {
      new ScalarRowProducts(matrix, lanes), new VectorRowProducts(matrix, lanes)
    };
    for (int i = 0; i < 2; i++) {
      products[i].margins(1, rows, vectors, intercepts, margins[i]);
      products[i].addSums(1, rows, margins[i], sums[i]);
    }

    assertThat(margins[1]).containsExactly(margins[0]);
    assertThat(sums[1]).containsExactly(sums[0]);
  }

  private static RowMatrix matrix(int rows, Random random) {
    RowMatrix matrix = new RowMatrix(FEATURES);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      vector.clear();
      for (int feature = 0; feature < FEATURES; feature++) {
        if (random.nextInt(4) == 0) {
          vector.add(feature, (float) random.nextGaussian());
        }
      }
      matrix.add(vector, 0, 1);
    }
    return matrix;
  }
}
