package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.matrix.RowMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClusterNeighboursTest {

  private static final NeighbourSearch EXACT =
      NeighbourSearch.of(5, 7).by(NeighbourSearch.Method.EXACT);
  private static final NeighbourSearch APPROXIMATE =
      NeighbourSearch.of(5, 7).by(NeighbourSearch.Method.APPROXIMATE);

  private static NeighbourPlan.Room room(int tasks) {
    return new NeighbourPlan.Room(0, 1L << 28, tasks);
  }

  @ParameterizedTest
  @EnumSource(Shape.class)
  void denseRowsOnTheClusterHaveTheNeighboursThatTheyHaveInMemory(Shape shape) {
    assertLikeInMemory(Rows.random(230, 5, 1, shape, 1), 3);
  }

  @ParameterizedTest
  @CsvSource({"0.02, 2", "0.1, 3", "0.3, 1"})
  void sparseRowsOnTheClusterHaveTheNeighboursThatTheyHaveInMemory(double density, int tasks) {
    assertLikeInMemory(Rows.random(200, 300, density / 3, Shape.GAUSSIAN, 2), tasks);
  }

  @Test
  void fewerRowsThanRegionsAreNoHindrance() {
    assertLikeInMemory(Rows.random(3, 2, 1, Shape.GAUSSIAN, 4), 8);
  }

  @Test
  void anApproximateSearchReachesItsRecallAndTellsIt() {
    RowMatrix matrix = Rows.random(3000, 6, 1, Shape.GAUSSIAN, 5);

    try (ClusterNeighbours found = find(matrix, 3, APPROXIMATE, 2)) {
      assertThat(found.plan().method()).isEqualTo(NeighbourSearch.Method.APPROXIMATE);
      double measured = share(inMemory(matrix), lists(found));
      assertThat(measured).isGreaterThan(0.93);
      assertThat(found.recall().orElseThrow()).isBetween(measured - 0.03, measured + 0.03);
    }
  }

  @Test
  void aHigherRecallIsReached() {
    RowMatrix matrix = Rows.random(3000, 6, 1, Shape.GAUSSIAN, 5);

    try (ClusterNeighbours found =
        find(matrix, 3, new NeighbourSearch(5, APPROXIMATE.method(), 0.9995, 1), 2)) {
      assertThat(share(inMemory(matrix), lists(found))).isGreaterThan(0.998);
    }
  }

  @Test
  void duplicatesAreNeighboursInAnApproximateSearchToo() {
    RowMatrix matrix = Rows.random(2000, 2, 1, Shape.FEW_VALUES, 5);

    try (ClusterNeighbours found = find(matrix, 2, APPROXIMATE, 2)) {
      assertThat(lists(found).values())
          .allSatisfy(
              neighbours -> assertThat(neighbours.stream().map(Found::square)).containsOnly(0.0));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = NeighbourSearch.Method.class,
      names = {"EXACT", "APPROXIMATE"})
  void whatIsFoundDependsNeitherOnPartitionsNorOnRegions(NeighbourSearch.Method method) {
    RowMatrix matrix = Rows.random(1500, 4, 1, Shape.GAUSSIAN, 6);
    List<Map<Long, List<Found>>> results = new ArrayList<>();
    for (int partitions : new int[] {1, 2, 7}) {
      try (ClusterNeighbours found = find(matrix, partitions, EXACT.by(method), partitions)) {
        results.add(lists(found));
      }
    }

    assertThat(results.get(1)).isEqualTo(results.get(0));
    assertThat(results.get(2)).isEqualTo(results.get(0));
  }

  @Test
  void anApproximateSearchOfSparseRowsIsRefused() {
    assertThatThrownBy(
            () -> find(Rows.random(600, 300, 0.01, Shape.GAUSSIAN, 1), 2, APPROXIMATE, 2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("300 columns")
        .hasMessageContaining("ask for the exact search");
  }

  @Test
  void noRowsAreRefused() {
    assertThatThrownBy(() -> ClusterNeighbours.find(spark().emptyRDD(), EXACT, room(2)))
        .isInstanceOf(DataException.class)
        .hasMessage("there are no rows to find neighbours among");
  }

  private record Found(long key, double square) {}

  private static void assertLikeInMemory(RowMatrix matrix, int tasks) {
    try (ClusterNeighbours found = find(matrix, 4, EXACT, tasks)) {
      assertThat(lists(found)).isEqualTo(inMemory(matrix));
    }
  }

  private static double share(Map<Long, List<Found>> truth, Map<Long, List<Found>> found) {
    long hits =
        truth.entrySet().stream()
            .mapToLong(
                each -> each.getValue().stream().filter(found.get(each.getKey())::contains).count())
            .sum();
    return hits / (5.0 * truth.size());
  }

  private static ClusterNeighbours find(
      RowMatrix matrix, int partitions, NeighbourSearch search, int tasks) {
    return ClusterNeighbours.find(blocks(matrix, partitions), search, room(tasks));
  }

  static JavaRDD<RowBlock> blocks(RowMatrix matrix, int partitions) {
    List<RowBlock> blocks = new ArrayList<>();
    for (int from = 0; from < matrix.rows(); from += 100) {
      int[] rows = IntStream.range(from, Math.min(matrix.rows(), from + 100)).toArray();
      blocks.add(RowBlock.of(matrix, rows));
    }
    return spark().parallelize(blocks, partitions);
  }

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());
  }

  private static Map<Long, List<Found>> lists(ClusterNeighbours found) {
    Map<Long, List<Found>> lists = new TreeMap<>();
    for (NeighbourBlock block : found.blocks().collect()) {
      for (int row = 0; row < block.rows().rows(); row++) {
        List<Found> list = new ArrayList<>();
        for (int rank = 0; rank < block.size(row); rank++) {
          list.add(new Found(block.key(row, rank), block.square(row, rank)));
        }
        lists.put(block.rows().keys()[row], list);
      }
    }
    return lists;
  }

  private static Map<Long, List<Found>> inMemory(RowMatrix matrix) {
    int[] all = IntStream.range(0, matrix.rows()).toArray();
    NeighbourTable table = NearestNeighbours.search(matrix, all, all, 5);
    Map<Long, List<Found>> lists = new TreeMap<>();
    for (int row : all) {
      List<Found> list = new ArrayList<>();
      for (int rank = 0; rank < 5 && table.row(row, rank) >= 0; rank++) {
        list.add(new Found(table.row(row, rank), table.square(row, rank)));
      }
      lists.put((long) row, list);
    }
    return lists;
  }
}
