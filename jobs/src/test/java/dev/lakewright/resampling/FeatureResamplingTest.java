package dev.lakewright.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.lake.TableVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where rows do not fit a task. */
class FeatureResamplingTest {

  private static final long NOTHING = 1;

  @TempDir Path folder;

  private List<Row> resampled(int partitions, String... settings) {
    Path table = folder.resolve("in" + partitions + settings.length);
    Flowers.write(Flowers.rows(60, 30, 4), table, partitions);
    LakewrightConfig config = config(table, settings);
    SparkSession spark = SparkForTests.session();
    TableVersion version = new DeltaSource(spark).resolve(table.toString(), "latest");
    SourceTable source = SourceTable.read(spark, config.data(), version);
    List<String> numbers = config.data().numeric();
    RowNumbers rows = RowNumbers.of(source.all(), Tally.obstacles(source, numbers));
    Tally tally = Tally.of(source, rows, numbers, "smote");
    ResampledColumns columns = new ResampledColumns(source, MadeIds.of(source, tally), true);
    try (FeatureResampling resampling =
        new FeatureResampling(
            spark, source, tally, config.sampling(), columns, NOTHING, line -> {})) {
      return resampling.rows(config.learner()).collectAsList();
    }
  }

  private static LakewrightConfig config(Path table, String... settings) {
    List<String> keys =
        new ArrayList<>(
            List.of("data.table=" + table, "data.id=id", "data.numeric=[width, petals]"));
    keys.addAll(List.of(settings));
    return ConfigDocument.load(Optional.empty(), keys, Map.of()).bind(LakewrightConfig.class);
  }

  private static long count(List<Row> rows, String column, String value) {
    return rows.stream().filter(row -> value.equals(row.getAs(column))).count();
  }

  @Test
  void smoteMakesItsRowsOverSpreadRows() {
    List<Row> rows = resampled(3, "sampling.method=smote");

    for (String label : List.of("rose", "lily", "iris")) {
      assertThat(count(rows, "label", label)).isEqualTo(60);
    }
    assertThat(count(rows, "origin", "between")).isEqualTo(86);
    assertThat(rows.stream().map(row -> row.<String>getAs("id"))).doesNotHaveDuplicates();
  }

  @Test
  void spreadRowsMakeTheSameHoweverTheyAreSpread() {
    List<List<String>> tables =
        IntStream.of(1, 2, 7)
            .mapToObj(
                partitions ->
                    resampled(partitions, "sampling.method=smote").stream()
                        .map(Row::toString)
                        .sorted()
                        .toList())
            .toList();
    assertThat(tables.get(0)).isEqualTo(tables.get(1)).isEqualTo(tables.get(2));
  }

  @Test
  void classesOfFewRowsAreTreatedAsTheConfigurationSays() {
    List<Row> copied = resampled(2, "sampling.method=smote", "sampling.small_classes=duplicate");
    assertThat(count(copied, "origin", "copy")).isEqualTo(56);
    assertThat(count(copied, "label", "iris")).isEqualTo(60);
    assertThat(
            count(
                resampled(1, "sampling.method=smote", "sampling.small_classes=skip"),
                "label",
                "iris"))
        .isEqualTo(4);
  }

  @Test
  void otherMethodsAreRefusedWithSizeAndCure() {
    assertThatThrownBy(() -> resampled(2, "sampling.method=tomek"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "sampling.method: tomek works within one task, but 94 rows and 0 made ones of 2 features")
        .hasMessageContaining("choose smote, random_over or random_under");
  }
}
