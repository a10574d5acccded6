package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.lake.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users get wrong, and the one line and exit code that they get for it. */
class BadInputTest {

  @TempDir Path folder;
  private Cli cli;

  @BeforeEach
  void settings() {
    cli =
        new Cli(folder)
            .set("data.table", folder.resolve("table"))
            .set("data.id", "id")
            .set("data.text", "[text]")
            .set("features.words", "{ngrams: [1, 1], hash_bits: 12}")
            .set("evaluation.bootstrap", 10)
            .set("tune.folds", 2)
            .set("model.name", "m");
  }

  private Cli.Run ingest(List<String> lines, String... more) {
    return ingest(Letters.write(folder.resolve("in.csv"), lines), more);
  }

  private Cli.Run ingest(Path file, String... more) {
    List<String> words = new ArrayList<>(List.of("ingest", "--set", "ingest.input=" + file));
    words.addAll(List.of(more));
    return cli.run(words.toArray(String[]::new));
  }

  /** A header and rows of the labels a and b, each told by its word. */
  private static List<String> rows(int count, String... extra) {
    List<String> lines = new ArrayList<>(List.of("id,text,label"));
    for (int i = 0; i < count; i++) {
      lines.add(
          "r%d,%s,%s".formatted(i, i % 2 == 0 ? "alpha one" : "beta two", i % 2 == 0 ? "a" : "b"));
    }
    lines.addAll(Arrays.asList(extra));
    return lines;
  }

  @Test
  void unknownJob() {
    cli.run("trian").failsWith(2, "unknown job trian; the jobs are ingest, resample, train, tune");
  }

  @Test
  void misspeltKey() {
    cli.run("train", "--set", "learner.l3=1")
        .failsWith(2, "unknown key learner.l3; did you mean learner.l2?");
  }

  @Test
  void wrongType() {
    cli.run("train", "--set", "learner.l2=abc")
        .failsWith(2, "learner.l2 must be a number, not 'abc'");
  }

  @Test
  void requiredKey() {
    new Cli(folder)
        .run("train", "--set", "model.name=m", "--set", "data.text=t")
        .failsWith(2, "data.table is required by the job train");
  }

  @Test
  void missingConfigurationFile() {
    cli.run("train", "-c", folder.resolve("no.yaml").toString()).failsWith(2, "no.yaml");
  }

  @Test
  void missingTable() {
    cli.run("train").failsWith(3, "no Delta table at " + folder.resolve("table"));
  }

  @Test
  void missingTextColumn() {
    ingest(rows(20)).succeeds();
    cli.run("train", "--set", "data.text=[txet]")
        .failsWith(3, "has no column txet (data.text); its columns are id, text, label, _source");
  }

  @Test
  void missingLabelColumn() {
    ingest(rows(20)).succeeds();
    cli.run("train", "--set", "data.label=klass").failsWith(3, "has no column klass (data.label)");
  }

  @Test
  void columnMissingFromTheFile() {
    ingest(rows(4), "--set", "data.text=[body]")
        .failsWith(3, "ingest.input has no column body; its columns are id, text, label");
  }

  @Test
  void numericColumnOfText() {
    ingest(rows(20)).succeeds();
    cli.run("train", "--set", "data.numeric=[text]")
        .failsWith(
            3, "(data.numeric) is of type string, but a number is needed; cast it, or ingest");
  }

  @Test
  void missingVersion() {
    ingest(rows(20)).succeeds();
    cli.run("train", "--set", "data.version=12").failsWith(3, "has versions 0 to 0");
  }

  @Test
  void singleClass() {
    ingest(List.of("id,text,label", "1,x,a", "2,y,a", "3,z,a", "4,u,a", "5,v,a")).succeeds();
    cli.run("train").failsWith(3, "training needs at least two classes");
  }

  @Test
  void emptyFile() {
    ingest(List.of("id,text,label")).failsWith(3, "holds no records");
  }

  @Test
  void emptyTable() {
    ingest(rows(4)).succeeds();
    SparkForTests.session().sql("DELETE FROM delta.`" + folder.resolve("table") + "`");
    cli.run("train").failsWith(3, "has no rows; ingest labelled records first");
  }

  @Test
  void noFileMatches() {
    ingest(folder.resolve("nothing-*.csv")).failsWith(3, "no file matches");
  }

  @Test
  void onlyEmptyLabels() {
    ingest(List.of("id,text,label", "1,x,", "2,y,")).succeeds();
    cli.run("train").failsWith(3, "(data.label) of table");
  }

  @Test
  void copiesOfOneRecordCannotBeParted() {
    ingest(rows(40)).succeeds();
    cli.run("train", "--set", "data.id=")
        .failsWith(
            3, "fold 0 has no validation rows: rows of equal content or group stay together");
  }

  @Test
  void emptyLabelsAreCountedAndLeftOut() {
    ingest(rows(40, "x1,gamma,", "x2,delta,")).succeeds();
    JsonNode result = cli.run("train").succeeds().json();
    assertThat(result.at("/data/unlabelled").asInt()).isEqualTo(2);
  }

  @Test
  void nullAndEmptyTextsAreTexts() {
    ingest(rows(40, "x1,,a", "x2,\"\",b", "x3,   ,a")).succeeds();
    assertThat(cli.run("train").succeeds().json().at("/data/rows").asInt()).isEqualTo(43);
  }

  @Test
  void labelsUnseenInTrainingCountAsErrors() {
    ingest(rows(40)).succeeds();
    cli.run("train").succeeds();
    ingest(
            Letters.write(
                folder.resolve("more.csv"),
                List.of("id,text,label", "n1,gamma,c", "n2,alpha one,a")))
        .succeeds();
    JsonNode result = cli.run("evaluate", "--set", "evaluation.rows=all").succeeds().json();
    assertThat(result.path("unseen_labels").asInt()).isEqualTo(1);
    assertThat(result.at("/metrics/accuracy").asDouble()).isLessThan(1);
  }

  @Test
  void classWithFewerRowsThanFolds() {
    ingest(rows(40, "x1,gamma,c")).succeeds();
    cli.run("train", "--set", "tune.folds=3", "--set", "data.split.test=0")
        .failsWith(3, "class c has 1 training rows, fewer than tune.folds: 3");
  }

  @Test
  void numbersThatAreNoneAreSetApart() {
    List<String> lines = new ArrayList<>(List.of("id,text,size,label"));
    for (int i = 0; i < 20; i++) {
      lines.add("r%d,word,%d,%s".formatted(i, i, i % 2 == 0 ? "a" : "b"));
    }
    lines.addAll(List.of("x1,word,NaN,a", "x2,word,Infinity,b", "x3,word,many,a"));
    JsonNode result = ingest(lines, "--set", "data.numeric=[size]").succeeds().json();
    assertThat(result.path("records").asInt()).isEqualTo(20);
    assertThat(result.at("/quarantined/column size is not a finite number").asInt()).isEqualTo(3);
  }

  @Test
  void nanInTheTableIsRefusedByName() {
    SparkForTests.session()
        .sql(
            "SELECT concat('r', id) AS id, 'word' AS text, if(id = 3, double('NaN'), double(id)) AS size,"
                + " if(id % 2 = 0, 'a', 'b') AS label FROM range(20)")
        .write()
        .format("delta")
        .save(folder.resolve("table").toString());
    cli.run("train", "--set", "data.numeric=[size]").failsWith(3, "column size (data.numeric)");
  }

  @Test
  void duplicatedIdsAreToldAtIngestAndRefusedInTraining() {
    Cli.Run ingested = ingest(rows(20, "r3,beta two,b")).succeeds();
    assertThat(ingested.json().path("duplicate_ids").asInt()).isEqualTo(1);
    cli.run("train").failsWith(3, "is not unique: 1 ids stand in several rows, e.g. r3 in 2");
  }

  @Test
  void documentOfTenMegabytes() {
    String large = "alpha one ".repeat(1_000_000);
    ingest(rows(20, "big," + large + ",a")).succeeds();
    cli.run("train").succeeds();
  }

  @Test
  void everyKindOfText() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.write(String.join("\n", rows(20)).getBytes(StandardCharsets.UTF_8));
    file.write(
        "\ne1,👩‍👩‍👧 🏳️‍🌈 alpha,a\ne2,شكرا جزيلا\u202e,b\ne3,zero\u200bwidth\ufeff,a\ne4,"
            .getBytes(StandardCharsets.UTF_8));
    file.write(new byte[] {(byte) 0xC3, (byte) 0x28, (byte) 0xFF, (byte) 0xFE});
    file.write(",b\n".getBytes(StandardCharsets.UTF_8));
    ingest(Files.write(folder.resolve("odd.csv"), file.toByteArray())).succeeds();
    assertThat(cli.run("train").succeeds().json().at("/data/rows").asInt()).isEqualTo(24);
  }

  @Test
  void truncatedGzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(String.join("\n", rows(2000)).getBytes(StandardCharsets.UTF_8));
    }
    byte[] whole = packed.toByteArray();
    Path file = Files.write(folder.resolve("in.csv.gz"), Arrays.copyOf(whole, whole.length / 2));
    ingest(file).failsWith(3, "in.csv.gz is a truncated or damaged gzip");
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void gzipIsUnpacked() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(String.join("\n", rows(20)).getBytes(StandardCharsets.UTF_8));
    }
    Path file = Files.write(folder.resolve("in.csv.gz"), packed.toByteArray());
    assertThat(ingest(file).succeeds().json().path("records").asInt()).isEqualTo(20);
  }

  @Test
  void malformedJsonIsSetApart() {
    Path file =
        Letters.write(
            folder.resolve("in.jsonl"),
            List.of(
                "{\"id\": 1, \"text\": \"x\", \"label\": \"a\"}",
                "{\"text\": ",
                "{\"id\": 2, \"text\": \"y\", \"label\": \"b\"}"));
    JsonNode result = ingest(file, "--set", "ingest.format=jsonl").succeeds().json();
    assertThat(result.path("records").asInt()).isEqualTo(2);
    assertThat(result.at("/quarantined/malformed jsonl").asInt()).isEqualTo(1);
  }

  @Test
  void damagedModelIsRefusedByName() throws IOException {
    ingest(rows(40)).succeeds();
    Path weights =
        Path.of(cli.run("train").succeeds().json().path("path").asText(), "weights.safetensors");
    byte[] content = Files.readAllBytes(weights);
    content[content.length / 2] ^= 1;
    Files.write(weights, content);
    cli.run("evaluate").failsWith(4, "weights.safetensors is damaged: its SHA-256 is");
    cli.run("models", "verify", "m").failsWith(4, "weights.safetensors is damaged");
  }

  @Test
  void registryThatCannotBeWritten() throws IOException {
    ingest(rows(40)).succeeds();
    Path file = Files.writeString(folder.resolve("occupied"), "no folder");
    cli.run(
            "train",
            "--set",
            "registry.path=" + file.resolve("models"),
            "--set",
            "tune.table=" + folder.resolve("sweeps"))
        .failsWith(4, "cannot be written");
  }

  @Test
  void unknownModelAndAlias() {
    cli.run("models", "show", "nobody").failsWith(2, "no model nobody in the registry");
    ingest(rows(40)).succeeds();
    cli.run("train").succeeds();
    cli.run("evaluate", "--set", "evaluation.model=challenger")
        .failsWith(
            2, "model m has no alias challenger; its aliases are [champion], its versions [1]");
    cli.run("models", "rollback", "m").failsWith(2, "there is nothing to roll back to");
  }

  @Test
  void wordsOfModelsAreChecked() {
    cli.run("models").failsWith(2, "usage: lakewright models list");
    cli.run("models", "promote", "m").failsWith(2, "models promote needs more words");
  }
}
