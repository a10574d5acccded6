package dev.lakewright.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.SparkForTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IngestionTest {

  @TempDir Path folder;

  private Ingestion.Outcome ingest(String... settings) {
    List<String> all = new ArrayList<>(List.of("data.table=" + folder.resolve("table")));
    all.addAll(List.of(settings));
    LakewrightConfig config =
        ConfigDocument.load(Optional.empty(), all, Map.of()).bind(LakewrightConfig.class);
    return new Ingestion(SparkForTests.session(), config.ingest(), config.data()).run();
  }

  private List<Row> rows(String... columns) {
    return SparkForTests.session()
        .read()
        .format("delta")
        .load(folder.resolve("table").toString())
        .selectExpr(columns)
        .orderBy(columns[0])
        .collectAsList();
  }

  @Test
  void foldersOfTextsAreLabels() throws IOException {
    Path corpus = folder.resolve("corpus");
    Files.createDirectories(corpus.resolve("good"));
    Files.createDirectories(corpus.resolve("bad"));
    Files.writeString(corpus.resolve("good/1.txt"), "fine words");
    Files.writeString(corpus.resolve("bad/1.txt"), "nasty words");

    Ingestion.Outcome outcome =
        ingest("ingest.input=" + corpus, "ingest.format=text-folders", "ingest.labels={bad: spam}");

    assertThat(outcome.labels()).isEqualTo(Map.of("good", 1L, "spam", 1L));
    assertThat(rows("id", "text"))
        .extracting(row -> row.getString(0) + "=" + row.getString(1))
        .containsExactly("bad/1.txt=nasty words", "good/1.txt=fine words");
  }

  @Test
  void parquetKeepsItsColumns() {
    SparkSession spark = SparkForTests.session();
    String input = folder.resolve("in.parquet").toString();
    spark
        .sql(
            "SELECT 'a' AS label, 'some text' AS text, 1.5D AS size UNION ALL SELECT 'b', 'more', double('NaN')")
        .coalesce(1)
        .write()
        .parquet(input);
    Ingestion.Outcome outcome =
        ingest(
            "ingest.input=" + input,
            "ingest.format=parquet",
            "data.text=[text]",
            "data.numeric=[size]");
    assertThat(outcome.records()).isEqualTo(1);
    assertThat(outcome.quarantined()).isEqualTo(Map.of("column size is not a finite number", 1L));
    assertThat(rows("size").get(0).getDouble(0)).isEqualTo(1.5);
  }

  @Test
  void quotedFieldsKeepCommasQuotesAndLineBreaks() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("in.csv"), "label,text\na,\"one, \"\"two\"\"\nthree\"\nb,plain\n");
    ingest("ingest.input=" + csv);
    assertThat(rows("label", "text").get(0).getString(1)).isEqualTo("one, \"two\"\nthree");
  }

  @Test
  void newFilesAreAppendedAndKnownOnesSkipped() throws IOException {
    Files.writeString(folder.resolve("a.csv"), "label,text\na,one\n");
    ingest("ingest.input=" + folder.resolve("*.csv"));
    Files.writeString(folder.resolve("b.csv"), "label,text\nb,two\n");
    Ingestion.Outcome second = ingest("ingest.input=" + folder.resolve("*.csv"));
    assertThat(second.files()).isEqualTo(1);
    assertThat(rows("label")).hasSize(2);
  }

  @Test
  void tablesOfTheCatalogAreKnownByName() throws IOException {
    String table = "default.ingested_" + Long.toHexString(System.nanoTime());
    Files.writeString(folder.resolve("a.csv"), "label,text\na,one\n");
    try {
      Ingestion.Outcome outcome =
          ingest("ingest.input=" + folder.resolve("a.csv"), "data.table=" + table);
      DeltaSource source = new DeltaSource(SparkForTests.session());
      assertThat(outcome.version().table()).isEqualTo(table);
      assertThat(source.read(source.resolve(table, "latest")).count()).isEqualTo(1);
    } finally {
      SparkForTests.session().sql("DROP TABLE IF EXISTS " + table);
    }
  }
}
