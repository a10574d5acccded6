package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.lake.SparkForTests;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Exactly so many rows lie below a cut, however the search narrows it down. */
class SmallestHashesTest {

  private static final Column ORDER = col("place");
  private static final Column CONTENT = xxhash64(col("id"));

  private static Dataset<Row> rows(Column place) {
    return SparkForTests.session()
        .range(3000)
        .toDF("id")
        .select(
            col("id"),
            place.as("place"),
            org.apache
                .spark
                .sql
                .functions
                .when(col("id").mod(3).equalTo(0), "a")
                .otherwise("b")
                .as(ColumnNames.LABEL));
  }

  private static Map<String, HashCut> cuts(Dataset<Row> rows, long few, long a, long b) {
    try (OrderedTally tally = OrderedTally.of(rows, ORDER, List.of())) {
      return new SmallestHashes(rows, tally, ORDER, CONTENT, few)
          .cuts(new TreeMap<>(Map.of("a", a, "b", b)));
    }
  }

  private static long below(Dataset<Row> rows, String label, HashCut cut) {
    return rows.where(SmallestHashes.isClass(label).and(cut.below(ORDER, CONTENT))).count();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100_000})
  void spreadHashesAreCutWhereAsManyAreBelow(long few) {
    Dataset<Row> rows = rows(xxhash64(col("id")));
    for (long wanted : List.of(1L, 500L, 1000L)) {
      Map<String, HashCut> cuts = cuts(rows, few, wanted, 1001 - wanted);
      assertThat(below(rows, "a", cuts.get("a"))).isEqualTo(wanted);
      assertThat(below(rows, "b", cuts.get("b"))).isEqualTo(1001 - wanted);
      assertThat(cuts.get("a").tie()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100_000})
  void hashesThatDifferInTheirLastBitsOnly(long few) {
    Dataset<Row> rows = rows(col("id").minus(1500));
    Map<String, HashCut> cuts = cuts(rows, few, 7, 1993);
    assertThat(below(rows, "a", cuts.get("a"))).isEqualTo(7);
    assertThat(below(rows, "b", cuts.get("b"))).isEqualTo(1993);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 100_000})
  void amongEqualHashesTheContentDecides(long few) {
    Dataset<Row> rows = rows(lit(-5L));
    HashCut cut = cuts(rows, few, 7, 1).get("a");
    assertThat(below(rows, "a", cut)).isEqualTo(6);
    assertThat(cut.tie().orElseThrow().rows()).isEqualTo(1);
    assertThat(rows.where(SmallestHashes.isClass("a").and(cut.tied(ORDER, CONTENT))).count())
        .isEqualTo(1);
  }
}
