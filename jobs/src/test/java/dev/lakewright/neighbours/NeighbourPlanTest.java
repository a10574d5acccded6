package dev.lakewright.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The planner on made-up sizes: 1 GB for rows, 400 MB for a task, 2 tasks at once. */
class NeighbourPlanTest {

  private static final NeighbourPlan.Room ROOM = new NeighbourPlan.Room(1L << 30, 400L << 20, 2);

  @ParameterizedTest
  @CsvSource({
    "AUTO, 10000, 64, EXACT, MEMORY, 1",
    "AUTO, 350000, 64, EXACT, MEMORY, 1",
    // too many distances
    "AUTO, 360000, 64, APPROXIMATE, CLUSTER, 6",
    // too many bytes
    "AUTO, 300000, 1000, APPROXIMATE, CLUSTER, 18",
    "EXACT, 300000, 1000, EXACT, CLUSTER, 18",
    "APPROXIMATE, 10000, 64, APPROXIMATE, CLUSTER, 6",
    // too few rows for two cells
    "APPROXIMATE, 499, 64, EXACT, MEMORY, 1",
  })
  void exactWhileAffordableAndInMemoryWhileItFits(
      NeighbourSearch.Method wish,
      long rows,
      int columns,
      NeighbourSearch.Method method,
      NeighbourPlan.Place place,
      int regions) {
    NeighbourPlan plan = plan(wish, rows, columns);

    assertThat(plan.method()).isEqualTo(method);
    assertThat(plan.place()).isEqualTo(place);
    assertThat(plan.regions()).isEqualTo(regions);
  }

  @Test
  void thePlanIsToldWithItsEstimate() {
    assertThat(plan(NeighbourSearch.Method.AUTO, 100_000, 64).describe())
        .isEqualTo(
            "neighbours: exact, in memory; 100000 dense rows × 64 columns, 25.2 MB in 1 regions, 5.0e+09 distances");
    assertThat(plan(NeighbourSearch.Method.AUTO, 1_000_000, 64).describe())
        .isEqualTo(
            "neighbours: approximate, on the cluster; 1000000 dense rows × 64 columns, 251.8 MB in 6 regions, 2000 cells, of 5.0e+11 distances those of cells that may hold neighbours");
  }

  @Test
  void aRecallThatNoSampleCanPromiseIsRefused() {
    assertThatThrownBy(() -> new NeighbourSearch(5, NeighbourSearch.Method.AUTO, 1, 0))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "the recall of an approximate search must be above 0 and below 1, not 1.0; for all neighbours ask for the exact search");
  }

  private static NeighbourPlan plan(NeighbourSearch.Method wish, long rows, int columns) {
    RowSize size = new RowSize(rows, columns, rows * (4L * columns + 8), true);
    return NeighbourPlan.choose(NeighbourSearch.of(5, 0).by(wish), size, ROOM);
  }
}
