package dev.lakewright.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowMatrixTest {

  @Test
  void aSelectionHasTheRowsInTheOrderGiven() {
    RowMatrix matrix = new RowMatrix(4);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < 4; row++) {
      matrix.add(vector, row % 2, 1 + row);
      vector.add(row, row + 0.5f);
    }

    RowMatrix selected = matrix.select(new int[] {3, 0, 3, 1});

    assertThat(selected.starts()).containsExactly(0, 3, 3, 6, 7);
    assertThat(selected.columns()).containsExactly(0, 1, 2, 0, 1, 2, 0);
    assertThat(selected.values()).containsExactly(0.5f, 1.5f, 2.5f, 0.5f, 1.5f, 2.5f, 0.5f);
    assertThat(Arrays.copyOf(selected.labels(), 4)).containsExactly(1, 0, 1, 1);
    assertThat(selected.weight(3)).isEqualTo(2);
  }
}
