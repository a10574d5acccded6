package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.DataConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.DataException;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What became of a table's rows, for everything that can happen to a Delta table. */
class TableHistoryTest {

  private static final String ALL_ROWS =
      "concat('r', id) AS id, concat('word', id) AS text, if(mod(id, 2) = 0, 'even', 'odd') AS label, timestamp_seconds(id * 1000) AS at FROM range(%d, %d)";

  private static final List<String> COLUMNS = List.of("id", "text", "label");

  @TempDir Path folder;

  private final SparkSession spark = SparkForTests.session();
  private int tables;
  private String table;
  private TableVersion learnt;

  @BeforeEach
  void learnFromATable() {
    learnFrom(true);
  }

  private void learnFrom(boolean changeFeed) {
    String path = folder.resolve("table" + ++tables).toString();
    table = "delta.`" + path + "`";
    sql(
        "CREATE TABLE %s USING delta TBLPROPERTIES (delta.enableChangeDataFeed = %s) AS SELECT "
            + ALL_ROWS.formatted(0, 10),
        table,
        changeFeed);
    learnt = new DeltaSource(spark).resolve(path, "latest");
  }

  private void sql(String statement, Object... values) {
    spark.sql(statement.formatted(values));
  }

  private void append(int from, int until) {
    sql("INSERT INTO %s SELECT " + ALL_ROWS.formatted(from, until), table);
  }

  private TableChange change() {
    TableVersion now = new DeltaSource(spark).resolve(learnt.table(), "latest");
    return new TableHistory(spark).between(learnt, now, COLUMNS, this::select);
  }

  private Dataset<Row> select(Dataset<Row> rows) {
    DataConfig config =
        ConfigDocument.load(
                Optional.empty(),
                List.of("data.table=" + learnt.table(), "data.id=id", "data.text=[text]"),
                Map.of())
            .bind(LakewrightConfig.class)
            .data();
    return new LabelledTable(config, learnt.table()).select(rows, 7, List.of());
  }

  private static List<String> ids(Dataset<Row> rows) {
    return rows.select(ColumnNames.ID).collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private static List<String> idsAndLabels(Dataset<Row> rows) {
    return rows.selectExpr("concat(_lw_id, ' ', _lw_label)").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }

  private void appended(String... ids) {
    assertThat(change()).isInstanceOf(TableChange.Appended.class);
    assertThat(ids(((TableChange.Appended) change()).rows())).containsExactly(ids);
  }

  private TableChange.Changed changed() {
    TableChange change = change();
    assertThat(change).isInstanceOf(TableChange.Changed.class);
    return (TableChange.Changed) change;
  }

  private void unknown(String reason) {
    assertThat(change())
        .isInstanceOfSatisfying(
            TableChange.Unknown.class, unknown -> assertThat(unknown.reason()).contains(reason));
  }

  @Test
  void nothingHappened() {
    AtomicReference<TableChange> found = new AtomicReference<>();
    assertThat(SparkForTests.jobsOf(() -> found.set(change()))).isZero();
    assertThat(found.get()).isEqualTo(new TableChange.Nothing());
  }

  @Test
  void optimizeChangesNothingAndIsKnownFromTheLogAlone() {
    append(10, 12);
    learnt = new DeltaSource(spark).resolve(learnt.table(), "latest");
    sql("OPTIMIZE %s", table);
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')", table);
    TableVersion now = new DeltaSource(spark).resolve(learnt.table(), "latest");
    assertThat(now.version()).isEqualTo(learnt.version() + 2);
    AtomicReference<TableChange> found = new AtomicReference<>();
    int jobs =
        SparkForTests.jobsOf(
            () -> found.set(new TableHistory(spark).between(learnt, now, COLUMNS, this::select)));
    assertThat(jobs).isZero();
    assertThat(found.get()).isEqualTo(new TableChange.Nothing());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void appendedRowsAreFoundAlsoOnceTheyWereOptimized(boolean changeFeed) {
    learnFrom(changeFeed);
    append(10, 11);
    append(11, 12);
    appended("r10", "r11");
    sql("OPTIMIZE %s", table);
    appended("r10", "r11");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deletedRowsAreRemoved(boolean changeFeed) {
    learnFrom(changeFeed);
    sql("DELETE FROM %s WHERE id IN ('r3', 'r4')", table);
    append(10, 11);
    assertThat(ids(changed().removed())).containsExactly("r3", "r4");
    assertThat(ids(changed().added())).containsExactly("r10");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void correctedRowsAreRemovedAsTheyWereAndAddedAsTheyAre(boolean changeFeed) {
    learnFrom(changeFeed);
    sql("UPDATE %s SET label = 'odd' WHERE id = 'r2'", table);
    sql("UPDATE %s SET label = 'prime' WHERE id = 'r2'", table);
    assertThat(idsAndLabels(changed().removed())).containsExactly("r2 even");
    assertThat(idsAndLabels(changed().added())).containsExactly("r2 prime");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void mergeInsertsAndCorrects(boolean changeFeed) {
    learnFrom(changeFeed);
    sql(
        "MERGE INTO %s AS t USING (SELECT explode(array('r5', 'r20')) AS id, 'merged' AS label) AS s ON t.id = s.id"
            + " WHEN MATCHED THEN UPDATE SET label = s.label"
            + " WHEN NOT MATCHED THEN INSERT (id, text, label) VALUES (s.id, 'new', s.label)",
        table);
    assertThat(idsAndLabels(changed().removed())).containsExactly("r5 odd");
    assertThat(idsAndLabels(changed().added())).containsExactly("r20 merged", "r5 merged");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deletionVectorsCountAsDeletions(boolean vectors) {
    sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableDeletionVectors = %s)", table, vectors);
    sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = false)", table);
    sql("DELETE FROM %s WHERE id = 'r7'", table);
    assertThat(ids(changed().removed())).containsExactly("r7");
    assertThat(ids(changed().added())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void restoringWhatWasLearntFromLeavesNoDifference(boolean changeFeed) {
    learnFrom(changeFeed);
    append(10, 15);
    sql("RESTORE TABLE %s TO VERSION AS OF %d", table, learnt.version());
    assertThat(ids(changed().added())).isEmpty();
    assertThat(ids(changed().removed())).isEmpty();
  }

  @Test
  void restoringAnOlderVersionRemovesRows() {
    append(10, 12);
    long older = learnt.version();
    learnt = new DeltaSource(spark).resolve(learnt.table(), "latest");
    sql("RESTORE TABLE %s TO VERSION AS OF %d", table, older);
    assertThat(ids(changed().removed())).containsExactly("r10", "r11");
    assertThat(ids(changed().added())).isEmpty();
  }

  @Test
  void otherColumnsDoNotCount() {
    sql("ALTER TABLE %s ADD COLUMN note STRING", table);
    assertThat(change()).isEqualTo(new TableChange.Nothing());
    sql("UPDATE %s SET note = 'seen'", table);
    assertThat(ids(changed().removed())).isEmpty();
    assertThat(ids(changed().added())).isEmpty();
  }

  @Test
  void rowsOfANewSchemaAreAppended() {
    spark
        .sql("SELECT 'r10' AS id, 'word' AS text, 'odd' AS label, 5 AS stars")
        .write()
        .format("delta")
        .mode("append")
        .option("mergeSchema", "true")
        .save(learnt.table());
    appended("r10");
  }

  @Test
  void changesAreFoundThoughTheFeedWasOffForAWhile() {
    sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = false)", table);
    sql("DELETE FROM %s WHERE id = 'r1'", table);
    sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableChangeDataFeed = true)", table);
    assertThat(ids(changed().removed())).containsExactly("r1");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void vacuumedFilesLeaveItUnknown(boolean changeFeed) {
    learnFrom(changeFeed);
    sql("DELETE FROM %s WHERE id = 'r1'", table);
    vacuum();
    unknown("files of version 0 have been vacuumed");
  }

  @Test
  void appendedRowsAreFoundThoughTheirFirstFilesWereVacuumedWhereTheOldOnesAreLeft() {
    append(10, 12);
    sql("UPDATE %s SET label = 'odd' WHERE id = 'r10'", table);
    sql("DELETE FROM %s WHERE id = 'r11'", table);
    vacuum();
    assertThat(idsAndLabels(changed().added())).containsExactly("r10 odd");
    assertThat(ids(changed().removed())).isEmpty();
  }

  @Test
  void aColumnThatAnotherTookTheNameOfLeavesItUnknown() {
    sql("ALTER TABLE %s ADD COLUMN note STRING", table);
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')", table);
    assertThat(change()).isEqualTo(new TableChange.Nothing());
    sql("ALTER TABLE %s RENAME COLUMN at TO time", table);
    assertThat(change()).isEqualTo(new TableChange.Nothing());
    sql("ALTER TABLE %s RENAME COLUMN text TO body", table);
    sql("ALTER TABLE %s RENAME COLUMN note TO text", table);
    unknown("column text was renamed or replaced");
  }

  @Test
  void aVersionIsReadableAsLongAsItsFilesAre() {
    append(10, 12);
    TableVersion now = new DeltaSource(spark).resolve(learnt.table(), "latest");
    assertThat(new TableHistory(spark).isReadable(learnt, now)).isTrue();
    sql("OPTIMIZE %s", table);
    vacuum();
    TableVersion optimized = new DeltaSource(spark).resolve(learnt.table(), "latest");
    assertThat(new TableHistory(spark).isReadable(learnt, optimized)).isFalse();
  }

  private void vacuum() {
    spark.conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    sql("VACUUM %s RETAIN 0 HOURS", table);
    spark.conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
  }

  @Test
  void missingCommitsLeaveItUnknown() throws IOException {
    append(10, 11);
    append(11, 12);
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.checkpointInterval' = '1')", table);
    append(12, 13);
    Path log = Path.of(learnt.table(), "_delta_log");
    for (String version : List.of("0", "1", "2")) {
      Files.delete(log.resolve("0000000000000000000" + version + ".json"));
    }
    org.apache.spark.sql.delta.DeltaLog.clearCache();
    unknown("the commits since version 0 are no longer in its log");
  }

  @Test
  void anotherTableAtTheSamePlaceIsUnknown() {
    delete(new File(learnt.table()));
    org.apache.spark.sql.delta.DeltaLog.clearCache();
    sql("CREATE TABLE %s USING delta AS SELECT " + ALL_ROWS.formatted(0, 10), table);
    unknown("another table stands at its place");
  }

  @Test
  void aTableOfAnotherSchemaIsRefusedInOneLine() {
    spark
        .sql("SELECT 'r10' AS id, 1.5 AS price")
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(learnt.table());
    assertThatThrownBy(this::change)
        .isInstanceOf(DataException.class)
        .hasMessage(
            "table %s has no column label (data.label); its columns are id, price"
                .formatted(learnt.table()));
  }

  @Test
  void timeZonesDoNotMatter() {
    append(10, 12);
    sql("DELETE FROM %s WHERE id = 'r1'", table);
    TimeZone ours = TimeZone.getDefault();
    String zone = spark.conf().get("spark.sql.session.timeZone");
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
      spark.conf().set("spark.sql.session.timeZone", "America/Los_Angeles");
      assertThat(ids(changed().added())).containsExactly("r10", "r11");
      assertThat(ids(changed().removed())).containsExactly("r1");
    } finally {
      TimeZone.setDefault(ours);
      spark.conf().set("spark.sql.session.timeZone", zone);
    }
  }

  private static void delete(File file) {
    File[] below = file.listFiles();
    if (below != null) {
      for (File one : below) {
        delete(one);
      }
    }
    assertThat(file.delete()).isTrue();
  }
}
