package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaSourceTest {

  private final SparkSession spark = SparkForTests.session();
  private final DeltaSource source = new DeltaSource(spark);

  @TempDir Path folder;
  private String table;

  @BeforeEach
  void save() {
    table = folder.resolve("table").toString();
    append(3);
  }

  private void append(int files) {
    spark
        .sql("SELECT concat('r', id) AS id, id % 2 AS label FROM range(120)")
        .repartition(files)
        .write()
        .format("delta")
        .mode("append")
        .save(table);
  }

  private void sql(String statement) {
    spark.sql(statement.formatted("delta.`" + table + "`"));
  }

  private static List<String> sorted(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  private void pinnedIsRead() {
    TableVersion now = source.resolve(table, "latest");
    assertThat(sorted(source.pin(now).rows())).isEqualTo(sorted(source.read(now))).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 80})
  void aPinnedTableHasTheRowsOfItsVersionHoweverManyFilesHoldThem(int files) {
    append(files);
    pinnedIsRead();
  }

  @Test
  void anEarlierVersionHasNoLaterRows() {
    TableVersion before = source.resolve(table, "latest");
    append(1);
    assertThat(source.pin(before).rows().count()).isEqualTo(120);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void deletedRowsAreGone(boolean vectors) {
    sql("ALTER TABLE %s SET TBLPROPERTIES (delta.enableDeletionVectors = " + vectors + ")");
    sql("DELETE FROM %s WHERE id = 'r7'");
    pinnedIsRead();
  }

  @Test
  void renamedColumnsHaveTheirNewNames() {
    sql("ALTER TABLE %s SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    sql("ALTER TABLE %s RENAME COLUMN label TO class");
    pinnedIsRead();
  }

  @Test
  void loginInAnAddressIsRefusedAndNotShown() {
    assertThatThrownBy(() -> source.resolve("s3a://key:hidden@lake/mail", "latest"))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the table s3a://***@lake/mail has a login in its address");
  }
}
