package dev.lakewright.jobs;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.resampling.Flowers;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the resample job writes and refuses. The flowers, and what a method makes of them, are
 * written once for all tests, which only read them.
 */
class ResampleJobTest {

  private static final List<Row> FLOWERS = Flowers.rows(50, 20, 7);

  /** 200 rows of one class, 20,000 of the other; each with a thousand bytes of text. */
  private static final String USUAL_AND_RARE =
      "SELECT concat('r', id) AS id, if(id < 200, 'rare', 'usual') AS label, rand(3) AS width,"
          + " cast(id % 7 AS int) AS petals,"
          + " concat_ws('', transform(sequence(1, 16), i -> sha2(concat(id, ' ', i), 256))) AS note"
          + " FROM range(0, 20200, 1, 4)";

  @TempDir static Path shared;
  private static final Map<String, Path> TABLES = new TreeMap<>();
  private static final Map<String, Made> MADE = new TreeMap<>();

  @TempDir Path folder;

  /** A table that a run made, and what the run said. */
  private record Made(Path table, JsonNode result) {

    Dataset<Row> rows() {
      return Flowers.read(table);
    }

    Map<String, Long> counts(String column) {
      return ResampleJobTest.counts(rows(), column);
    }
  }

  @AfterAll
  static void forget() {
    TABLES.clear();
    MADE.clear();
  }

  /** 50 roses, 20 lilies and 7 irises, spread over so many files. */
  private static Path flowers(int partitions) {
    return shared("flowers" + partitions, FLOWERS, partitions);
  }

  private static Path shared(String name, List<Row> rows, int partitions) {
    return TABLES.computeIfAbsent(
        name,
        absent -> {
          Path table = shared.resolve(name);
          Flowers.write(rows, table, partitions);
          return table;
        });
  }

  private static Made made(String method) {
    return made(method, 2);
  }

  private static Made made(String method, int partitions) {
    return MADE.computeIfAbsent(
        method + partitions,
        name -> {
          Path table = shared.resolve(name);
          Cli cli = resample(shared, flowers(partitions), table, method);
          return new Made(table, cli.run("resample").succeeds().json());
        });
  }

  private static Cli resample(Path folder, Path table, Path out, String method) {
    return new Cli(folder)
        .set("data.table", table)
        .set("data.id", "id")
        .set("data.numeric", "[width, petals]")
        .set("resample.output", out)
        .set("sampling.method", method);
  }

  private Path table(int partitions, List<Row> rows) {
    Path table = folder.resolve("in" + partitions);
    Flowers.write(rows, table, partitions);
    return table;
  }

  private Cli resample(Path table, String method) {
    return resample(folder, table, out(), method);
  }

  private Path out() {
    return folder.resolve("out");
  }

  private Map<String, Long> counts(String column) {
    return counts(Flowers.read(out()), column);
  }

  private static Map<String, Long> counts(Dataset<Row> rows, String column) {
    Map<String, Long> counts = new TreeMap<>();
    rows.groupBy(column)
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  /** Rows of the source, with its columns as text. */
  private static Set<String> asText(Dataset<Row> rows) {
    return rows.select("id", "width", "petals", "colour", "note", "label").collectAsList().stream()
        .map(Row::toString)
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void overSamplingGivesEveryClassTheRowsOfTheLargest() {
    Made over = made("random_over");

    JsonNode result = over.result();
    assertThat(result.path("status").asText()).isEqualTo("resampled");
    assertThat(result.path("before").toString()).isEqualTo("{\"iris\":7,\"lily\":20,\"rose\":50}");
    assertThat(result.path("after").toString()).isEqualTo("{\"iris\":50,\"lily\":50,\"rose\":50}");
    assertThat(result.path("origins").toString()).isEqualTo("{\"copy\":73,\"original\":77}");
    assertThat(over.counts("label")).isEqualTo(Map.of("iris", 50L, "lily", 50L, "rose", 50L));
  }

  @Test
  void overSamplingCopiesRowsAsEvenlyAsCanBe() {
    Dataset<Row> irises = made("random_over").rows().where("label = 'iris'");

    assertThat(counts(irises, "source").values())
        .containsExactlyInAnyOrder(7L, 7L, 7L, 7L, 7L, 7L, 8L);
  }

  @Test
  void copiesDifferFromTheirSourceOnlyInTheirIds() {
    Dataset<Row> copies = made("random_over").rows().where("origin = 'copy'");

    assertThat(asText(Flowers.read(flowers(2))))
        .containsAll(asText(copies.withColumn("id", col("source"))));
    assertThat(
            copies.where("source = 'f70'").select("id").collectAsList().stream()
                .map(row -> row.getString(0)))
        .contains("f70~1", "f70~2", "f70~3", "f70~4", "f70~5", "f70~6")
        .doesNotContain("f70", "f70~0")
        .doesNotHaveDuplicates();
  }

  @Test
  void idsOfMadeRowsAreNewEvenWhereIdsLookLikeThem() {
    List<Row> rows = List.of(flower("a", "rose"), flower("a~1", "rose"), flower("b", "rose"));
    Path table = table(1, concat(rows, List.of(flower("c", "iris"), flower("c~1", "iris"))));

    resample(table, "random_over").run("resample").succeeds();

    assertThat(Flowers.read(out()).select("id").distinct().count()).isEqualTo(6);
    assertThat(Flowers.read(out()).where("origin = 'copy'").first().<String>getAs("id"))
        .contains("~~1");
  }

  private static List<Row> concat(List<Row> a, List<Row> b) {
    return java.util.stream.Stream.concat(a.stream(), b.stream()).toList();
  }

  private static Row flower(String id, String label) {
    return RowFactory.create(id, 1.0, 2, "red", "note", label);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random_under", "near_miss_1"})
  void underSamplingLeavesTheSmallestClassAndShrinksOthersToIt(String method) {
    Made under = made(method);

    assertThat(under.counts("label")).isEqualTo(Map.of("rose", 7L, "lily", 7L, "iris", 7L));
    assertThat(under.result().path("origins").toString()).isEqualTo("{\"original\":21}");
    assertThat(asText(Flowers.read(flowers(2)))).containsAll(asText(under.rows()));
  }

  @ParameterizedTest
  @CsvSource({"1, 63, 64", "199, 200, 100"})
  void countsAreExactAtEveryShare(long roses, long lilies, long irises) {
    Path table = shared("many", Flowers.rows(200, 200, 200), 3);

    resample(table, "random_under")
        .set("sampling.counts", "{rose: %d, lily: %d, iris: %d}".formatted(roses, lilies, irises))
        .run("resample")
        .succeeds();

    assertThat(counts("label")).isEqualTo(Map.of("rose", roses, "lily", lilies, "iris", irises));
  }

  @ParameterizedTest
  @ValueSource(strings = {"random_over", "random_under", "smote_enn", "instance_hardness"})
  void theSameRowsHoweverTheyAreSpread(String method) {
    List<String> together = Flowers.sorted(made(method, 1).table());

    assertThat(together).isNotEmpty();
    assertThat(Flowers.sorted(made(method, 2).table())).isEqualTo(together);
    assertThat(Flowers.sorted(made(method, 7).table())).isEqualTo(together);
  }

  @Test
  void anotherSeedChoosesOtherRows() {
    resample(flowers(2), "random_under").set("sampling.seed", 8).run("resample").succeeds();

    assertThat(Flowers.sorted(out())).isNotEqualTo(Flowers.sorted(made("random_under").table()));
  }

  @Test
  void syntheticRowsLieBetweenSourceAndOther() {
    Made smote = made("smote");

    assertThat(smote.counts("origin")).isEqualTo(Map.of("original", 77L, "between", 73L));
    assertThat(smote.counts("label")).isEqualTo(Map.of("iris", 50L, "lily", 50L, "rose", 50L));
    Dataset<Row> ends = Flowers.read(flowers(2));
    Dataset<Row> made =
        smote
            .rows()
            .where("origin = 'between'")
            .as("made")
            .join(ends.as("s"), col("made.source").equalTo(col("s.id")))
            .join(ends.as("o"), col("made.other").equalTo(col("o.id")));
    assertThat(made.count()).isEqualTo(73);
    assertThat(made.where("made.label <> s.label or made.label <> o.label").count()).isZero();
    assertThat(made.where("made.note <> s.note or not (made.colour <=> s.colour)").count())
        .isZero();
    for (String column : List.of("width", "petals")) {
      assertThat(
              made.where(
                      "made.%1$s < least(s.%1$s, o.%1$s) or made.%1$s > greatest(s.%1$s, o.%1$s)"
                          .formatted(column))
                  .count())
          .isZero();
    }
    assertThat(made.where("made.width <> s.width and made.width <> o.width").count())
        .isGreaterThan(60);
  }

  @ParameterizedTest
  @ValueSource(strings = {"random_over", "smote", "adasyn", "borderline_smote_2"})
  void overSamplingKeepsEveryRowAsItIs(String method) {
    assertThat(asText(made(method).rows().where("origin = 'original'")))
        .isEqualTo(asText(Flowers.read(flowers(2))));
  }

  @Test
  void mixedColumnsTakeTheCategoryOfMostNeighbours() {
    resample(flowers(2), "smote_nc").set("data.categorical", "[colour]").run("resample").succeeds();

    assertThat(counts("label")).isEqualTo(Map.of("iris", 50L, "lily", 50L, "rose", 50L));
    assertThat(
            Flowers.read(out())
                .where(col("colour").isNotNull().and(col("colour").isin("blue", "red", "white")))
                .count())
        .isGreaterThan(75);
  }

  @Test
  void categoriesAloneAreVotedFor() {
    resample(flowers(2), "smoten")
        .set("data.numeric", "[]")
        .set("data.categorical", "[colour, petals]")
        .run("resample")
        .succeeds();

    assertThat(counts("origin")).isEqualTo(Map.of("original", 77L, "vote", 73L));
  }

  @Test
  void smoothingScattersNumbersButNothingElse() {
    Path table = flowers(2);

    resample(table, "random_over").set("sampling.smoothing", 1).run("resample").succeeds();

    Dataset<Row> made =
        Flowers.read(out())
            .where("origin = 'scattered'")
            .as("made")
            .join(Flowers.read(table).as("s"), col("made.source").equalTo(col("s.id")));
    assertThat(made.count()).isEqualTo(73);
    assertThat(made.where("made.width = s.width").count()).isZero();
    assertThat(made.where("made.note <> s.note").count()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"random_over", "smote"})
  void aLoneRowIsCopied(String method) {
    Path table = shared("lone", Flowers.rows(12, 8, 1), 2);

    resample(table, method).run("resample").succeeds();

    assertThat(counts("label")).isEqualTo(Map.of("iris", 12L, "lily", 12L, "rose", 12L));
    assertThat(Flowers.read(out()).where("label = 'iris' and source <> 'f20'").count()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"random_under, 5, 5", "random_over, 33, 33", "smote, 33, 33", "near_miss_1, 5, 5"})
  void equalRowsWithoutIdsAreCountedOneByOne(String method, int rose, int iris) {
    List<Row> rows = new java.util.ArrayList<>();
    for (int i = 0; i < 33; i++) {
      rows.add(flower("x", "rose"));
    }
    for (int i = 0; i < 5; i++) {
      rows.add(flower("x", "iris"));
    }
    Path table = shared("equal", rows, 3);

    new Cli(folder)
        .set("data.table", table)
        .set("data.numeric", "[width, petals]")
        .set("resample.output", out())
        .set("sampling.method", method)
        .run("resample")
        .succeeds();

    assertThat(counts("label")).isEqualTo(Map.of("rose", (long) rose, "iris", (long) iris));
  }

  @Test
  void rowsThatShareAnIdAreToldApartByTheirContent() {
    List<Row> rows = new java.util.ArrayList<>();
    for (int i = 0; i < 30; i++) {
      rows.add(RowFactory.create("x", (double) i, 1, "red", "n", i < 20 ? "rose" : "iris"));
    }
    resample(table(1, rows), "random_under").run("resample").succeeds();
    List<String> first = Flowers.sorted(out());
    resample(table(7, rows), "random_under").run("resample").succeeds();

    assertThat(counts("label")).isEqualTo(Map.of("rose", 10L, "iris", 10L));
    assertThat(Flowers.sorted(out())).isEqualTo(first);
  }

  @Test
  void theSecondRunChangesNothing() {
    Made first = made("random_over");

    JsonNode second =
        resample(shared, flowers(2), first.table(), "random_over")
            .run("resample")
            .succeeds()
            .json();

    assertThat(second.path("status").asText()).isEqualTo("unchanged");
    for (String field : List.of("version", "before", "after", "origins")) {
      assertThat(second.path(field)).isEqualTo(first.result().path(field));
    }
  }

  @Test
  void newRowsOrSettingsReplaceTheTable() {
    Path table = table(2, Flowers.rows(20, 10, 5));
    resample(table, "random_over").run("resample").succeeds();
    resample(table, "random_under").run("resample").succeeds();
    assertThat(counts("label")).isEqualTo(Map.of("iris", 5L, "lily", 5L, "rose", 5L));

    Flowers.read(table)
        .limit(0)
        .union(irises(3))
        .write()
        .format("delta")
        .mode("append")
        .save(table.toString());
    JsonNode result = resample(table, "random_under").run("resample").succeeds().json();

    assertThat(result.path("status").asText()).isEqualTo("resampled");
    assertThat(counts("label")).isEqualTo(Map.of("iris", 8L, "lily", 8L, "rose", 8L));
  }

  private static Dataset<Row> irises(int count) {
    List<Row> rows = new java.util.ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(flower("new" + i, "iris"));
    }
    return dev.lakewright.lake.SparkForTests.session().createDataFrame(rows, Flowers.SCHEMA);
  }

  @Test
  void rowsWithoutAClassAreLeftOutAndCounted() {
    List<Row> rows = new java.util.ArrayList<>(Flowers.rows(9, 4, 2));
    rows.add(flower("none", null));
    rows.add(flower("blank", " "));

    JsonNode result = resample(table(2, rows), "random_over").run("resample").succeeds().json();

    assertThat(result.path("unlabelled").asLong()).isEqualTo(2);
    assertThat(Flowers.read(out()).count()).isEqualTo(27);
  }

  @Test
  void missingNumbersAreRefusedByColumnAndCount() {
    List<Row> rows = new java.util.ArrayList<>(Flowers.rows(9, 4, 2));
    rows.add(RowFactory.create("x", Double.NaN, null, "red", "n", "rose"));
    rows.add(RowFactory.create("y", 1.0, null, "red", "n", "rose"));
    Path table = table(2, rows);

    resample(table, "smote")
        .run("resample")
        .failsWith(
            3,
            "these columns of data.numeric hold null, NaN or infinite values (rows): {width=1, petals=2}");
    resample(table, "random_over").run("resample").succeeds();
  }

  @Test
  void textsAloneCannotBeInterpolated() {
    Path table = flowers(2);

    resample(table, "smote")
        .set("data.numeric", "[]")
        .set("data.text", "[note]")
        .run("resample")
        .failsWith(2, "for texts choose random_over, or in training augmentation");
    resample(table, "tomek")
        .set("data.numeric", "[]")
        .run("resample")
        .failsWith(2, "name some, or choose random_under");
    resample(table, "random_over")
        .set("data.numeric", "[]")
        .set("data.text", "[note]")
        .run("resample")
        .succeeds();
  }

  @Test
  void interpolationBetweenCategoriesIsRefused() {
    resample(flowers(2), "smote")
        .set("data.categorical", "[colour]")
        .run("resample")
        .failsWith(2, "data.categorical names colour; choose smote_nc");
  }

  @Test
  void theSourceAndForeignTablesAreNotOverwritten() {
    Path table = flowers(2);
    Path foreign = flowers(7);

    resample(table, "random_over")
        .set("resample.output", table)
        .run("resample")
        .failsWith(2, "resample.output is data.table itself");
    resample(table, "random_over")
        .set("resample.output", foreign)
        .run("resample")
        .failsWith(2, "is a table that resample has not written");
  }

  @Test
  void aResampledTableIsNotResampledAgain() {
    resample(made("random_over").table(), "random_over")
        .run("resample")
        .failsWith(3, "has a column origin, which resample adds");
  }

  @Test
  void whatTheTableDoesNotAllowIsRefused() {
    Path table = flowers(2);

    resample(table, "random_over")
        .set("sampling.counts", "{tulip: 9}")
        .run("resample")
        .failsWith(2, "names the class tulip");
    resample(table, "none").run("resample").failsWith(2, "leaves nothing to resample");
    resample(table, "smote")
        .set("sampling.small_classes", "refuse")
        .set("sampling.neighbours", 7)
        .run("resample")
        .failsWith(3, "wants 7 neighbours of a row within its class");
    resample(table, "smote")
        .set("data.numeric", "[nothing]")
        .run("resample")
        .failsWith(3, "has no column nothing (data.numeric)");
  }

  @Test
  void oneClassAloneIsRefused() {
    resample(table(1, Flowers.rows(9, 0, 0)), "random_over")
        .run("resample")
        .failsWith(3, "resampling needs rows of two classes");
  }

  @Test
  void otherColumnTypesKeepTheirType() {
    Path table = folder.resolve("typed");
    Flowers.write(
        dev.lakewright.lake.SparkForTests.session()
            .createDataFrame(Flowers.rows(20, 10, 7), Flowers.SCHEMA)
            .withColumn("id", org.apache.spark.sql.functions.expr("cast(substr(id, 2) as bigint)"))
            .withColumn("petals", col("petals").cast("decimal(6,2)"))
            .withColumn("scented", col("width").gt(3))
            .withColumn("tags", org.apache.spark.sql.functions.map(lit("k"), col("note"))),
        table,
        2);

    resample(table, "smote")
        .set("data.numeric", "[width, petals, scented]")
        .run("resample")
        .succeeds();

    assertThat(Flowers.read(out()).dtypes())
        .extracting(type -> type._1 + ":" + type._2)
        .contains(
            "id:StringType",
            "petals:DecimalType(6,2)",
            "scented:BooleanType",
            "tags:MapType(StringType,StringType,true)");
    assertThat(counts("label")).isEqualTo(Map.of("iris", 20L, "lily", 20L, "rose", 20L));
  }

  /**
   * There are 20,000 in four files, with 20 MB of text: a task that sent as little as their numbers
   * would show.
   */
  @ParameterizedTest
  @CsvSource({
    "random_under, 20000",
    "random_over, 20000",
    "smote, 20000",
    "borderline_smote_2, 20000"
  })
  void tasksDoNotSendTheLargestClassToTheDriver(String method, long most) {
    Path table = shared.resolve("usual");
    TABLES.computeIfAbsent(
        "usual",
        absent -> {
          Flowers.write(SparkForTests.session().sql(USUAL_AND_RARE), table, 4);
          return table;
        });
    Cli cli = resample(table, method);

    long largest = SparkForTests.largestResultOf(() -> cli.run("resample").succeeds());

    assertThat(largest).isBetween(1L, most);
  }
}
