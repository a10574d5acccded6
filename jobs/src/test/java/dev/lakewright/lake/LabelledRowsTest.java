package dev.lakewright.lake;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.min;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.DataException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The split into training and test rows, and into folds. */
class LabelledRowsTest {

  @TempDir Path folder;

  @BeforeEach
  void table() {
    SparkForTests.session()
        .sql(
            "SELECT concat('r', id) AS id, concat('word', id) AS text, if(id % 10 = 0, 'rare', 'common') AS label,"
                + " concat('g', id % 20) AS owner, nullif(id % 7, 3) AS team,"
                + " timestamp_seconds(1000000 + id) AS at,"
                + " if(id % 4 = 0, 'test', 'train') AS part,"
                + " date_trunc('hour', timestamp_seconds(id * 20)) AS hour,"
                + " CAST(NULL AS TIMESTAMP) AS never FROM range(400)")
        .write()
        .format("delta")
        .save(folder.resolve("table").toString());
  }

  private LabelledRows read(String... settings) {
    List<String> all =
        new ArrayList<>(
            List.of("data.table=" + folder.resolve("table"), "data.id=id", "data.text=[text]"));
    all.addAll(List.of(settings));
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), all, Map.of()).bind(LakewrightConfig.class);
    TableVersion source =
        new DeltaSource(SparkForTests.session())
            .resolve(config.data().table().orElseThrow(), config.data().version());
    return new LabelledRowsReader(SparkForTests.session(), config.data())
        .forTraining(source, config.tune());
  }

  @Test
  void stratifiedSplitAndFoldsAreExactToTheRow() {
    LabelledRows rows = read("data.split.test=0.25", "tune.folds=3");
    assertThat(rows.testCounts()).isEqualTo(Map.of("common", 90L, "rare", 10L));
    assertThat(rows.trainingCounts()).isEqualTo(Map.of("common", 270L, "rare", 30L));
    List<Row> folds =
        rows.training().groupBy(ColumnNames.LABEL, ColumnNames.FOLD).count().collectAsList();
    assertThat(folds).hasSize(6);
    assertThat(folds)
        .allSatisfy(
            row -> assertThat(row.getLong(2)).isEqualTo(row.getString(0).equals("rare") ? 10 : 90));
  }

  @Test
  void anotherSeedGivesAnotherSplit() {
    assertThat(ids(read("data.split.seed=7"))).isEqualTo(ids(read("data.split.seed=7")));
    assertThat(ids(read("data.split.seed=8"))).isNotEqualTo(ids(read("data.split.seed=7")));
  }

  private static List<String> ids(LabelledRows rows) {
    return rows.test().orderBy(ColumnNames.ID).collectAsList().stream()
        .map(row -> row.<String>getAs(ColumnNames.ID))
        .toList();
  }

  @Test
  void groupsAreNeverParted() {
    LabelledRows rows =
        read("data.split={by: group, column: owner}", "tune.by=group", "tune.column=owner");
    List<Row> test = rows.test().select("owner").distinct().collectAsList();
    assertThat(rows.training().select("owner").distinct().collectAsList())
        .doesNotContainAnyElementsOf(test);
    assertThat(rows.training().select("owner", ColumnNames.FOLD).distinct().count())
        .isEqualTo(rows.training().select("owner").distinct().count());
  }

  @Test
  void rowsWithoutAGroupStayTogether() {
    LabelledRows rows = read("data.split={by: group, column: team}");
    long training = rows.training().where("team IS NULL").count();
    long test = rows.test().where("team IS NULL").count();
    assertThat(List.of(training, test)).containsExactlyInAnyOrder(57L, 0L);
  }

  @Test
  void timeSplitTestsOnTheNewestRows() {
    LabelledRows rows = read("data.split={by: time, column: at, test: 0.25}");
    assertThat(rows.testRows()).isEqualTo(100);
    assertThat(ids(rows)).contains("r300", "r399").doesNotContain("r299");
  }

  @Test
  void timeFoldsFollowEachOtherAndTheOldestRowsAreNoFold() {
    LabelledRows rows =
        read("data.split={by: time, column: at, test: 0.2}", "tune={by: time, column: at}");
    List<Row> parts =
        rows.training()
            .groupBy(ColumnNames.FOLD)
            .agg(min("at").cast("long"), max("at").cast("long"), count("at"))
            .orderBy(min("at"))
            .collectAsList();
    assertThat(parts)
        .containsExactly(
            RowFactory.create(3, 1_000_000L, 1_000_079L, 80L),
            RowFactory.create(0, 1_000_080L, 1_000_159L, 80L),
            RowFactory.create(1, 1_000_160L, 1_000_239L, 80L),
            RowFactory.create(2, 1_000_240L, 1_000_319L, 80L));
  }

  @Test
  void timesThatCannotBeToldApartAreRefused() {
    assertThatThrownBy(() -> read("tune={by: time, column: hour}"))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "column hour (tune.column) has too few different times to cut the training rows into 4"
                + " parts, which tune.folds: 3 asks for; lower tune.folds, or name a finer time");
    assertThatThrownBy(() -> read("tune={by: time, column: never}"))
        .isInstanceOf(DataException.class)
        .hasMessage("column never (tune.column) holds no time in any row");
  }

  @Test
  void columnSplitTakesTheTablesWord() {
    LabelledRows rows = read("data.split={by: column, column: part}");
    assertThat(rows.testRows()).isEqualTo(100);
    assertThat(ids(rows)).contains("r0", "r396").doesNotContain("r1");
  }

  @Test
  void timestampFindsTheVersionOfItsTime() {
    String table = folder.resolve("table").toString();
    SparkForTests.session().sql("DELETE FROM delta.`" + table + "` WHERE id = 'r1'");
    DeltaSource source = new DeltaSource(SparkForTests.session());
    assertThat(source.resolve(table, "latest").version()).isEqualTo(1);
    assertThat(source.resolve(table, "0").version()).isZero();
    assertThat(source.resolve(table, "2999-01-01T00:00:00Z").version()).isEqualTo(1);
    assertThat(source.read(source.resolve(table, "0")).count()).isEqualTo(400);
  }
}
