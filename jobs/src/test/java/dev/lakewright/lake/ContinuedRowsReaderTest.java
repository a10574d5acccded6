package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.DataException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a table are new, and what is told of the others. */
class ContinuedRowsReaderTest {

  @TempDir static Path saved;

  @TempDir Path folder;

  private final SparkSession spark = SparkForTests.session();
  private final DeltaSource source = new DeltaSource(spark);
  private String table;

  @BeforeEach
  void nameTheTable() {
    table = folder.resolve("table").toString();
  }

  private LakewrightConfig config(String... settings) {
    List<String> sets = new ArrayList<>(List.of("data.table=" + table, "data.text=[text]"));
    sets.addAll(List.of(settings));
    return ConfigDocument.load(Optional.empty(), sets, Map.of()).bind(LakewrightConfig.class);
  }

  private void save(String rows) {
    spark.sql("SELECT " + rows).write().format("delta").mode("append").save(table);
  }

  private ContinuedRows read(
      LakewrightConfig config, Optional<SplitCounts> before, List<String> classes, double replay) {
    ContinuedRowsReader reader = new ContinuedRowsReader(config.data());
    TableVersion now = source.resolve(table, "latest");
    TableChange change =
        new TableHistory(spark)
            .between(source.resolve(table, "0"), now, reader.columns(), reader::select);
    Dataset<Row> added = ((TableChange.Appended) change).rows();
    return reader.read(source.pin(now), added, before, classes, replay, 7);
  }

  /** 10 copies of rows that are there 3 times already, and 2 without a label; no ids. */
  @Nested
  class Copies {

    private ContinuedRows rows;

    @BeforeEach
    void read() {
      String made = "concat('word', id %% 10) AS text, %s AS label, %s AS weight FROM range(%d)";
      save(made.formatted("if(id % 2 = 0, 'even', 'odd')", "2.5D", 30));
      save(made.formatted("if(id % 2 = 0, 'even', 'odd')", "2.5D", 10));
      save(made.formatted("CAST(NULL AS STRING)", "0.5D", 2));
      rows =
          ContinuedRowsReaderTest.this.read(
              config("data.weight=weight", "data.split.test=0"),
              Optional.empty(),
              List.of("even", "odd"),
              1);
    }

    @AfterEach
    void close() {
      rows.close();
    }

    @Test
    void asManyRowsOfAContentAreNewAsWereAdded() {
      assertThat(rows.newCounts().training()).isEqualTo(Map.of("even", 5L, "odd", 5L));
      assertThat(rows.counts().training()).isEqualTo(Map.of("even", 20L, "odd", 20L));
      assertThat(rows.unlabelled()).isEqualTo(2);
      Dataset<Row> fresh =
          rows.sample().training().where(ColumnNames.FOLD + " = " + ContinuedRows.NEW);
      assertThat(fresh.select("text").distinct().count()).isEqualTo(10);
      assertThat(fresh.count()).isEqualTo(10);
    }

    @Test
    void rowsCountByTheirWeights() {
      assertThat(rows.trainingWeights()).isEqualTo(Map.of("even", 50.0, "odd", 50.0));
    }
  }

  /** Two classes so large that the split is cut by the hash alone. */
  @Nested
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  class LargeClasses {

    private static final String CLASSES = "if(id % 2 = 0, 'even', 'odd')";

    private final List<String> classes = List.of("even", "odd");
    private SplitCounts before;
    private LakewrightConfig config;

    @BeforeAll
    void saveOldRows() {
      table = saved.toString();
      nameSettings();
      append(0, 44_000, CLASSES);
      before = counted("0");
    }

    @BeforeEach
    void copyOldRows() throws IOException {
      FileUtils.copyDirectory(saved.toFile(), new File(table));
      nameSettings();
    }

    private void nameSettings() {
      config = config("data.id=id", "data.split.test=0.2", "tune.folds=2");
    }

    private void append(long from, long until, String label) {
      save(
          "CAST(id AS STRING) AS id, concat('word', id %% 10) AS text, %s AS label FROM range(%d, %d)"
              .formatted(label, from, until));
    }

    /** As a training on all rows of a version counts them. */
    private SplitCounts counted(String version) {
      return new LabelledRowsReader(spark, config.data())
          .forTraining(source.resolve(table, version), config.tune())
          .splitCounts();
    }

    @Test
    void countsOfTheTableAreThoseBeforeAndWhatIsNew() {
      append(44_000, 45_000, CLASSES);
      try (ContinuedRows told = read(config, Optional.of(before), classes, 3);
          ContinuedRows untold = read(config, Optional.empty(), classes, 3)) {
        assertThat(told.settled()).isTrue();
        assertThat(untold.settled()).isFalse();
        assertThat(told.counts()).isEqualTo(untold.counts()).isEqualTo(counted("latest"));
        assertThat(told.newCounts()).isEqualTo(untold.newCounts());
        assertThat(ids(told)).isEqualTo(ids(untold)).hasSizeGreaterThan(3_000);
      }
    }

    private List<String> ids(ContinuedRows rows) {
      return rows.sample()
          .training()
          .select(ColumnNames.ID)
          .orderBy(ColumnNames.ID)
          .as(Encoders.STRING())
          .collectAsList();
    }

    @Test
    void aNewClassOfFewRowsIsCutBetweenItsOwn() {
      append(44_000, 44_010, "'new'");
      try (ContinuedRows rows = read(config, Optional.of(before), classes, 3)) {
        assertThat(rows.settled()).isFalse();
        assertThat(rows.counts().training()).containsEntry("new", 8L);
        assertThat(rows.counts().test()).containsEntry("new", 2L);
      }
    }

    @Test
    void anIdOfAnOldRowIsRefused() {
      append(43_995, 44_010, CLASSES);
      assertThatThrownBy(() -> read(config, Optional.of(before), classes, 3))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("5 new rows have the ids of old ones");
    }

    @Test
    void whatWasForTrainingIsNotHeldOut() {
      append(44_000, 45_000, CLASSES);
      ComparisonRows rows = new ComparisonRows(spark, config.data(), Map.of());
      PinnedTable now = source.pin(source.resolve(table, "latest"));
      Dataset<Row> learnt = rows.at(source.resolve(table, "0"));
      assertThat(keys(rows.heldOut(now, Optional.empty(), List.of(), true, 1, 7)))
          .isEqualTo(keys(rows.heldOut(now, Optional.empty(), List.of(learnt), false, 1, 7)))
          .hasSizeGreaterThan(8_000);
    }

    private List<Long> keys(Dataset<Row> rows) {
      return rows.select(ColumnNames.KEY)
          .orderBy(ColumnNames.KEY)
          .as(Encoders.LONG())
          .collectAsList();
    }
  }
}
