package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OutOfFoldProbabilitiesTest {

  private static final OutOfFoldProbabilities PROBABILITIES =
      new OutOfFoldProbabilities(
          ConfigDocument.load(Optional.empty(), List.of(), Map.of())
              .bind(LakewrightConfig.class)
              .learner(),
          5);

  private static RowMatrix rows(int count, int classes, boolean ownColumn) {
    RowMatrix matrix = new RowMatrix(ownColumn ? count : classes);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < count; row++) {
      vector.clear();
      vector.add(ownColumn ? row : row % classes, 1);
      matrix.add(vector, row % classes, 1);
    }
    return matrix;
  }

  @Test
  void aRowThatOnlyItselfTellsIsAsLikelyAsItsClassAmongTheOthers() {
    // 40 rows per class: each fold's model knows 32 of each
    assertThat(Arrays.stream(PROBABILITIES.of(rows(80, 2, true), 2, 7)).boxed())
        .allSatisfy(share -> assertThat(share).isCloseTo(0.5, within(1e-3)));
    assertThat(Arrays.stream(PROBABILITIES.of(rows(120, 3, true), 3, 7)).boxed())
        .allSatisfy(share -> assertThat(share).isCloseTo(1 / 3.0, within(1e-3)));
  }

  @Test
  void rowsThatOthersResembleAreSure() {
    assertThat(PROBABILITIES.of(rows(90, 3, false), 3, 7)).isNotEmpty();
    assertThat(Arrays.stream(PROBABILITIES.of(rows(90, 3, false), 3, 7)).min().orElseThrow())
        .isGreaterThan(0.9);
  }

  @Test
  void aRowThatNoOtherOfItsClassResemblesIsHard() {
    RowMatrix matrix = rows(90, 3, false);
    SparseVector vector = new SparseVector();
    vector.add(0, 1);
    matrix.add(vector, 1, 1);

    assertThat(PROBABILITIES.of(matrix, 3, 7)[90]).isLessThan(0.1);
  }

  @Test
  void aClassOfOneRowIsHard() {
    RowMatrix matrix = rows(20, 1, false);
    SparseVector vector = new SparseVector();
    matrix.add(vector, 1, 1);

    assertThat(PROBABILITIES.of(matrix, 2, 7)[20]).isLessThan(0.1);
  }
}
