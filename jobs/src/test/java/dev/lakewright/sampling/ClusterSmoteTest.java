package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.DataException;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.ClusterNeighbours;
import dev.lakewright.neighbours.NearestNeighbours;
import dev.lakewright.neighbours.NeighbourPlan;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.neighbours.NeighbourTable;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.neighbours.SparseRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterSmoteTest {

  private static final int K = 3;

  @ParameterizedTest
  @ValueSource(doubles = {1, 0.05})
  void everySyntheticRowLiesBetweenARowAndOneOfItsNeighbours(double density) {
    RowMatrix matrix = matrix(150, 60, density);
    int[] all = IntStream.range(0, 150).toArray();
    NeighbourTable table = NearestNeighbours.search(matrix, all, all, K);

    for (Made made : smote(matrix, 2, 400, 9)) {
      int base = (int) made.base;
      assertThat(IntStream.range(0, K).mapToLong(rank -> table.row(base, rank)))
          .contains(made.neighbour);
      assertThat(made.gap).isBetween(0.0, 1.0);
      float[] from = row(matrix, base);
      float[] to = row(matrix, (int) made.neighbour);
      for (int c = 0; c < from.length; c++) {
        float between = (float) (from[c] + made.gap * ((double) to[c] - from[c]));
        assertThat(made.values[c]).isEqualTo(between);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 149, 150, 151, 1000})
  void countsAreExactAndEven(int count) {
    Map<Long, Long> perBase =
        smote(matrix(150, 4, 1), 3, count, 1).stream()
            .collect(Collectors.groupingBy(made -> made.base, Collectors.counting()));

    assertThat(perBase.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(count);
    assertThat(perBase.values())
        .allSatisfy(copies -> assertThat(copies).isBetween(count / 150L, (count + 149L) / 150));
  }

  @Test
  void theSameSeedMakesTheSameRowsOnAnyNumberOfPartitions() {
    RowMatrix matrix = matrix(150, 4, 1);

    assertThat(sorted(smote(matrix, 1, 333, 5))).isEqualTo(sorted(smote(matrix, 2, 333, 5)));
    assertThat(sorted(smote(matrix, 7, 333, 5))).isEqualTo(sorted(smote(matrix, 2, 333, 5)));
    assertThat(sorted(smote(matrix, 2, 333, 6))).isNotEqualTo(sorted(smote(matrix, 2, 333, 5)));
  }

  @Test
  void sparseRowsStaySparse() {
    RowMatrix matrix = matrix(150, 60, 0.05);
    try (ClusterNeighbours neighbours = neighbours(matrix, 2)) {
      assertThat(ClusterSmote.rows("rare", neighbours, 10, 1).collect())
          .allSatisfy(made -> assertThat(made.rows()).isInstanceOf(SparseRows.class));
    }
  }

  @Test
  void duplicatesAreBasesOfDifferentRows() {
    RowMatrix matrix = new RowMatrix(1);
    SparseVector vector = new SparseVector();
    vector.add(0, 1);
    for (int i = 0; i < 6; i++) {
      matrix.add(vector, 0, 1);
    }

    assertThat(smote(matrix, 2, 12, 3))
        .hasSize(12)
        .allSatisfy(made -> assertThat(made.values).containsExactly(1));
  }

  @Test
  void aClassOfFewRowsIsRefusedWithTheCure() {
    assertThatThrownBy(() -> smote(matrix(3, 4, 1), 1, 10, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "the class 'rare' has 3 rows, too few for SMOTE with 3 neighbours; set fewer neighbours (at most 2), or use random_over");
  }

  private record Made(long base, long neighbour, double gap, float[] values) {}

  private static List<String> sorted(List<Made> rows) {
    return rows.stream()
        .map(made -> made.base + " " + made.neighbour + " " + Arrays.toString(made.values))
        .sorted()
        .toList();
  }

  private static List<Made> smote(RowMatrix matrix, int partitions, int count, long seed) {
    try (ClusterNeighbours neighbours = neighbours(matrix, partitions)) {
      List<Made> all = new ArrayList<>();
      for (SyntheticRows made : ClusterSmote.rows("rare", neighbours, count, seed).collect()) {
        RowMatrix rows = made.rows().matrix();
        for (int i = 0; i < rows.rows(); i++) {
          all.add(
              new Made(made.baseKeys()[i], made.neighbourKeys()[i], made.gaps()[i], row(rows, i)));
        }
      }
      return all;
    }
  }

  private static ClusterNeighbours neighbours(RowMatrix matrix, int partitions) {
    List<RowBlock> blocks =
        IntStream.range(0, (matrix.rows() + 9) / 10)
            .mapToObj(b -> IntStream.range(b * 10, Math.min(matrix.rows(), b * 10 + 10)).toArray())
            .map(rows -> RowBlock.of(matrix, rows))
            .toList();
    return ClusterNeighbours.find(
        JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext())
            .parallelize(blocks, partitions),
        NeighbourSearch.of(K, 1),
        new NeighbourPlan.Room(0, 1L << 28, partitions));
  }

  private static RowMatrix matrix(int rows, int columns, double density) {
    SplittableRandom random = new SplittableRandom(4);
    RowMatrix matrix = new RowMatrix(columns);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < rows; row++) {
      vector.clear();
      for (int column = 0; column < columns; column++) {
        if (random.nextDouble() < density) {
          vector.add(column, (float) random.nextGaussian());
        }
      }
      matrix.add(vector, 0, 1);
    }
    return matrix;
  }

  private static float[] row(RowMatrix matrix, int row) {
    float[] values = new float[matrix.features()];
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      values[matrix.columns()[at]] = matrix.values()[at];
    }
    return values;
  }
}
