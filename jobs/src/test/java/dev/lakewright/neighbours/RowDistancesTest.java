package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class RowDistancesTest {

  @Property(tries = 200)
  void squaresOfTheSearchLieWithinTheBounds(
      @ForAll @Size(40) List<@FloatRange(min = -1e6f, max = 1e6f) Float> numbers,
      @ForAll @FloatRange(min = -1, max = 1) float apart,
      @ForAll @IntRange(min = 1, max = 5) int step) {
    RowMatrix matrix = new RowMatrix(numbers.size());
    matrix.add(vector(numbers, 1, 0), 0, 1);
    matrix.add(vector(numbers, step, apart), 0, 1);
    RowBlock block = RowBlock.of(matrix, new int[] {0, 1});
    RowDistances distances = new RowDistances(matrix).from(0);

    for (int row = 0; row < 2; row++) {
      assertThat(block.square(0, block, row))
          .isBetween(distances.atLeast(row), distances.atMost(row));
    }
  }

  /** Some of the numbers, each as far away. */
  private static SparseVector vector(List<Float> numbers, int step, float apart) {
    SparseVector vector = new SparseVector();
    for (int column = 0; column < numbers.size(); column += step) {
      vector.add(column, numbers.get(column) + apart);
    }
    return vector;
  }
}
