package dev.lakewright.lake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which rows of a table are new, where they have no ids. */
class ContinuedRowsReaderTest {

  @TempDir Path folder;

  private final SparkSession spark = SparkForTests.session();

  /** Appends 10 copies of rows that are there 3 times already, and 2 without a label. */
  private ContinuedRows read() {
    String table = folder.resolve("table").toString();
    String rows = "concat('word', id %% 10) AS text, %s AS label, %s AS weight FROM range(%d)";
    save(table, rows.formatted("if(id % 2 = 0, 'even', 'odd')", "2.5D", 30));
    save(table, rows.formatted("if(id % 2 = 0, 'even', 'odd')", "2.5D", 10));
    save(table, rows.formatted("CAST(NULL AS STRING)", "0.5D", 2));
    ContinuedRowsReader reader =
        new ContinuedRowsReader(
            spark,
            ConfigDocument.load(
                    Optional.empty(),
                    List.of(
                        "data.table=" + table,
                        "data.text=[text]",
                        "data.weight=weight",
                        "data.split.test=0"),
                    Map.of())
                .bind(LakewrightConfig.class)
                .data());
    DeltaSource source = new DeltaSource(spark);
    TableChange change =
        new TableHistory(spark)
            .between(
                source.resolve(table, "0"),
                source.resolve(table, "latest"),
                reader.columns(),
                reader::select);
    Dataset<Row> added = ((TableChange.Appended) change).rows();
    return reader.read(source.resolve(table, "latest"), added, List.of("even", "odd"), 1, 7);
  }

  private void save(String table, String rows) {
    spark.sql("SELECT " + rows).write().format("delta").mode("append").save(table);
  }

  @Test
  void asManyRowsOfAContentAreNewAsWereAdded() {
    ContinuedRows rows = read();
    assertThat(rows.newCounts()).isEqualTo(Map.of("even", 5L, "odd", 5L));
    assertThat(rows.trainingCounts()).isEqualTo(Map.of("even", 20L, "odd", 20L));
    assertThat(rows.unlabelled()).isEqualTo(2);
    Dataset<Row> fresh =
        rows.sample().training().where(ColumnNames.FOLD + " = " + ContinuedRows.NEW);
    assertThat(fresh.select("text").distinct().count()).isEqualTo(10);
    assertThat(fresh.count()).isEqualTo(10);
  }

  @Test
  void rowsCountByTheirWeights() {
    assertThat(read().trainingWeights()).isEqualTo(Map.of("even", 50.0, "odd", 50.0));
  }
}
