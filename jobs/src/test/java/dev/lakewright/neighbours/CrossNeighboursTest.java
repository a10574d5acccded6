package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.lake.SparkForTests;
import dev.lakewright.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CrossNeighboursTest {

  private static final int K = 3;

  /** Rows 0 to 59; some are candidates too. */
  private static final int[] QUERIES = IntStream.range(0, 60).toArray();

  private static final int[] CANDIDATES = IntStream.range(40, 200).toArray();

  private record Found(long key, double square) {}

  @ParameterizedTest
  @EnumSource(Shape.class)
  void denseRowsFindTheNearestOfOtherRowsButNotThemselves(Shape shape) {
    RowMatrix matrix = Rows.random(200, 5, 1, shape, 1);

    assertThat(found(matrix, CrossNeighbours.Order.NEAREST, 1L << 28)).isEqualTo(nearest(matrix));
  }

  @ParameterizedTest
  @EnumSource(
      value = Shape.class,
      names = {"GAUSSIAN", "FEW_VALUES", "CONSTANT", "WIDE"})
  void denseRowsFindTheFarthest(Shape shape) {
    RowMatrix matrix = Rows.random(200, 5, 1, shape, 2);

    assertThat(found(matrix, CrossNeighbours.Order.FARTHEST, 1L << 28)).isEqualTo(farthest(matrix));
  }

  @Test
  void sparseRowsFindTheNearestAndTheFarthest() {
    RowMatrix matrix = Rows.random(200, 300, 0.03, Shape.GAUSSIAN, 3);

    assertThat(found(matrix, CrossNeighbours.Order.NEAREST, 1L << 28)).isEqualTo(nearest(matrix));
    assertThat(found(matrix, CrossNeighbours.Order.FARTHEST, 1L << 28)).isEqualTo(farthest(matrix));
  }

  @Test
  void littleMemoryMakesMoreRegionsAndFindsTheSame() {
    RowMatrix matrix = Rows.random(200, 5, 1, Shape.FEW_VALUES, 4);

    assertThat(found(matrix, CrossNeighbours.Order.NEAREST, 1L << 13)).isEqualTo(nearest(matrix));
  }

  @Test
  void fewerCandidatesThanNeighboursAreAllFound() {
    RowMatrix matrix = Rows.random(5, 2, 1, Shape.GAUSSIAN, 5);
    try (CrossNeighbours few =
        CrossNeighbours.find(
            blocks(matrix, new int[] {0, 1, 2}),
            blocks(matrix, new int[] {2, 3}),
            K,
            CrossNeighbours.Order.NEAREST,
            new NeighbourPlan.Room(0, 1L << 28, 2))) {
      Map<Long, List<Found>> lists = lists(few);
      assertThat(lists.get(0L)).hasSize(2);
      assertThat(lists.get(2L)).extracting(Found::key).containsExactly(3L);
    }
  }

  private static Map<Long, List<Found>> found(
      RowMatrix matrix, CrossNeighbours.Order order, long task) {
    try (CrossNeighbours found =
        CrossNeighbours.find(
            blocks(matrix, QUERIES),
            blocks(matrix, CANDIDATES),
            K,
            order,
            new NeighbourPlan.Room(0, task, 2))) {
      return lists(found);
    }
  }

  private static JavaRDD<RowBlock> blocks(RowMatrix matrix, int[] rows) {
    List<RowBlock> blocks = new ArrayList<>();
    for (int from = 0; from < rows.length; from += 50) {
      int[] some = Arrays.copyOfRange(rows, from, Math.min(rows.length, from + 50));
      blocks.add(RowBlock.of(matrix, some));
    }
    return JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext())
        .parallelize(blocks, 3);
  }

  private static Map<Long, List<Found>> lists(CrossNeighbours found) {
    Map<Long, List<Found>> lists = new TreeMap<>();
    for (NeighbourBlock block : found.blocks().collect()) {
      for (int row = 0; row < block.rows().rows(); row++) {
        int number = row;
        lists.put(
            block.rows().keys()[row],
            IntStream.range(0, block.size(row))
                .mapToObj(rank -> new Found(block.key(number, rank), block.square(number, rank)))
                .toList());
      }
    }
    return lists;
  }

  private static Map<Long, List<Found>> nearest(RowMatrix matrix) {
    return exhaustive(matrix, Comparator.comparingDouble(Found::square));
  }

  private static Map<Long, List<Found>> farthest(RowMatrix matrix) {
    return exhaustive(matrix, Comparator.comparingDouble(each -> -each.square()));
  }

  private static Map<Long, List<Found>> exhaustive(RowMatrix matrix, Comparator<Found> order) {
    RowBlock rows = RowBlock.of(matrix, IntStream.range(0, matrix.rows()).toArray());
    Map<Long, List<Found>> lists = new TreeMap<>();
    for (int query : QUERIES) {
      lists.put(
          (long) query,
          IntStream.of(CANDIDATES)
              .filter(candidate -> candidate != query)
              .mapToObj(candidate -> new Found(candidate, rows.square(query, rows, candidate)))
              .sorted(order.thenComparingLong(Found::key))
              .limit(K)
              .toList());
    }
    return lists;
  }
}
