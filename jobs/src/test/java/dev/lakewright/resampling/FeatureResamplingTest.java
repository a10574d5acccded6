package dev.lakewright.resampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.lake.TableVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where rows do not fit a task; what is cached meanwhile must be gone in the end. */
class FeatureResamplingTest {

  private static final long NOTHING = 1;
  private static final long PLENTY = 1L << 40;
  private static final String CLUSTERS = "sampling.clusters=3";
  private static final String MODE = "sampling.agreement=mode";

  @TempDir static Path folder;

  /** Resampled rows that several tests look at, by what they were asked with. */
  private static final Map<List<Object>, Made> known = new HashMap<>();

  /** Resampled rows, and what was said of progress. */
  private record Made(List<Row> rows, List<String> told) {}

  private static List<Row> resampled(int partitions, String... settings) {
    return resampled(NOTHING, Flowers.rows(60, 30, 4), partitions, settings);
  }

  /** One line per row, sorted. */
  private static List<String> lines(
      long budget, List<Row> flowers, int partitions, String... settings) {
    return resampled(budget, flowers, partitions, settings).stream()
        .map(Row::toString)
        .sorted()
        .toList();
  }

  private static List<Row> resampled(
      long budget, List<Row> flowers, int partitions, String... settings) {
    return made(budget, flowers, partitions, settings).rows();
  }

  private static Made made(long budget, List<Row> flowers, int partitions, String... settings) {
    List<Object> asked = List.of(budget, flowers, partitions, List.of(settings));
    Made made = known.get(asked);
    if (made == null) {
      made = make(budget, flowers, partitions, settings);
      known.put(asked, made);
    }
    return made;
  }

  private static Made make(long budget, List<Row> flowers, int partitions, String... settings) {
    List<String> told = new ArrayList<>();
    Path table = folder.resolve("in" + flowers.hashCode() + "of" + partitions);
    if (!Files.exists(table)) {
      Flowers.write(flowers, table, partitions);
    }
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
            spark,
            source,
            tally,
            config.sampling(),
            Resampling.search(config),
            columns,
            budget,
            told::add)) {
      return new Made(resampling.rows(config.learner()).collectAsList(), told);
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

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {
        "SMOTE",
        "BORDERLINE_SMOTE_2",
        "ADASYN",
        "KMEANS_SMOTE",
        "CLUSTER_CENTROIDS",
        "SMOTE_ENN"
      })
  void spreadRowsMakeTheSameHoweverTheyAreSpread(Method method) {
    List<List<String>> tables =
        IntStream.of(1, 2, 7)
            .mapToObj(partitions -> lines(NOTHING, mixed(), partitions, setting(method)))
            .toList();
    assertThat(tables.get(0)).isEqualTo(tables.get(1)).isEqualTo(tables.get(2));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {
        "NEAR_MISS_1",
        "NEAR_MISS_2",
        "NEAR_MISS_3",
        "TOMEK",
        "ENN",
        "REPEATED_ENN",
        "ALL_KNN",
        "ONE_SIDED",
        "NEIGHBOURHOOD_CLEANING"
      })
  void ofSpreadRowsStayThoseThatATaskWouldKeep(Method method) {
    List<String> spread = lines(NOTHING, mixed(), 7, setting(method), MODE);

    assertThat(spread).isEqualTo(lines(PLENTY, mixed(), 1, setting(method), MODE));
    assertThat(spread.size()).isBetween(1, mixed().size() - 1);
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"ENN", "NEAR_MISS_2"})
  void spreadRowsOfNumbersAndCategoriesAreComparedByBoth(Method method) {
    String columns = "data.categorical=[colour]";
    List<String> spread = lines(NOTHING, mixed(), 2, setting(method), MODE, columns);

    assertThat(spread).isEqualTo(lines(PLENTY, mixed(), 2, setting(method), MODE, columns));
    assertThat(spread).isNotEqualTo(lines(NOTHING, mixed(), 7, setting(method), MODE));
  }

  @ParameterizedTest
  @EnumSource(
      value = Method.class,
      names = {"BORDERLINE_SMOTE_1", "BORDERLINE_SMOTE_2", "ADASYN"})
  void asManyRowsAreMadeAsATaskMakesAndOfTheSameBases(Method method) {
    List<Row> spread = resampled(NOTHING, mixed(), 2, setting(method));
    List<Row> task = resampled(PLENTY, mixed(), 2, setting(method));

    assertThat(perClass(spread)).isEqualTo(perClass(task));
    assertThat(perClass(spread)).containsEntry("iris", 60L).containsEntry("lily", 60L);
    assertThat(bases(spread)).isSubsetOf(bases(task)).isNotEmpty();
  }

  @Test
  void spreadRowsOfNumbersAndCategoriesAreMadeFromRowsOfTheirClassWithItsColours() {
    String[] settings = {setting(Method.SMOTE_NC), "data.categorical=[colour]"};
    List<Row> spread = resampled(NOTHING, mixed(), 7, settings);
    List<Row> task = resampled(PLENTY, mixed(), 1, settings);

    assertThat(colours(spread)).isEqualTo(colours(task)).hasSize(12);
    assertThat(lines(NOTHING, mixed(), 7, settings))
        .isEqualTo(lines(NOTHING, mixed(), 1, settings));
  }

  @Test
  void rowsAreMadeWithinClustersOfSpreadRows() {
    List<Row> rows = resampled(NOTHING, mixed(), 3, setting(Method.KMEANS_SMOTE), CLUSTERS);

    assertThat(perClass(rows)).isEqualTo(Map.of("rose", 60L, "lily", 60L, "iris", 60L));
    assertThat(bases(rows)).hasSizeGreaterThan(20);
  }

  @Test
  void aClassThatShrinksBecomesTheMeansOfClustersOfSpreadRows() {
    List<Row> rows = resampled(NOTHING, mixed(), 2, setting(Method.CLUSTER_CENTROIDS));

    assertThat(perClass(rows)).isEqualTo(Map.of("rose", 12L, "lily", 12L, "iris", 12L));
    assertThat(count(rows, "origin", "mean")).isEqualTo(24);
    assertThat(mean(rows, "rose")).isCloseTo(mean(mixed(), "rose"), within(0.05));
    assertThat(rows.stream().map(row -> row.<String>getAs("source"))).doesNotHaveDuplicates();
  }

  @Test
  void ofRowsThatAreMostlyZeroThoseNearestToTheMeansStayAsTheyAre() {
    List<Row> sparse = new ArrayList<>(Flowers.rows(60, 0, 4));
    sparse.replaceAll(row -> RowFactory.create(row.get(0), row.get(1), 0, null, null, row.get(5)));
    sparse.replaceAll(row -> isOdd(row) ? withoutWidth(row) : row);
    List<Row> rows = resampled(NOTHING, sparse, 2, setting(Method.CLUSTER_CENTROIDS));

    assertThat(perClass(rows)).isEqualTo(Map.of("rose", 4L, "iris", 4L));
    assertThat(count(rows, "origin", "original")).isEqualTo(8);
  }

  private static boolean isOdd(Row row) {
    return Integer.parseInt(row.getString(0).substring(1)) % 2 == 1;
  }

  private static Row withoutWidth(Row row) {
    return RowFactory.create(row.get(0), 0.0, 0, null, null, row.get(5));
  }

  @Test
  void ofEqualRowsAsManyStayAsAreAskedFor() {
    List<Row> equal = new ArrayList<>(Flowers.rows(60, 0, 4));
    equal.replaceAll(row -> RowFactory.create(row.get(0), 1.0, 1, null, null, row.get(5)));
    List<Row> rows = resampled(NOTHING, equal, 2, setting(Method.CLUSTER_CENTROIDS));

    assertThat(perClass(rows)).isEqualTo(Map.of("rose", 4L, "iris", 4L));
    assertThat(rows).allSatisfy(row -> assertThat(row.<Double>getAs("width")).isEqualTo(1.0));
  }

  private static double mean(List<Row> rows, String label) {
    int width = Flowers.SCHEMA.fieldIndex("width");
    return rows.stream()
        .filter(row -> label.equals(row.getString(Flowers.SCHEMA.fieldIndex("label"))))
        .mapToDouble(row -> row.getDouble(width))
        .average()
        .orElseThrow();
  }

  /** Source and colour of rows that were made: all of one source have the same. */
  private static Set<String> colours(List<Row> rows) {
    return rows.stream()
        .filter(row -> row.<String>getAs("origin").equals("between"))
        .filter(row -> row.<String>getAs("label").equals("iris"))
        .map(row -> row.getAs("source") + " " + row.getAs("colour"))
        .collect(Collectors.toSet());
  }

  @Test
  void cleaningAfterSmoteLooksAtRowsThatWereMade() {
    List<Row> grown = resampled(NOTHING, mixed(), 2, setting(Method.SMOTE));
    List<Row> cleaned = resampled(NOTHING, mixed(), 2, setting(Method.SMOTE_ENN));

    assertThat(texts(grown)).containsAll(texts(cleaned));
    assertThat(count(cleaned, "origin", "between"))
        .isBetween(1L, count(grown, "origin", "between") - 1);
  }

  /** Where a task has room, and would compare all rows in no time. */
  @Test
  void neighboursAreFoundAsTheConfigurationSays() {
    List<Row> flowers = Flowers.rows(1200, 600, 4);
    String over = "sampling={method: smote, counts: {lily: 700}}";

    Made made = made(PLENTY, flowers, 2, over, "resample={search: approximate, recall: 0.9}");
    assertThat(count(made.rows(), "origin", "between")).isEqualTo(100);
    assertThat(made.told())
        .anyMatch(line -> line.contains("neighbours: approximate, on the cluster"))
        .anyMatch(line -> line.matches("class lily: measured recall: (0\\.9.*|1.000)"));
    assertThat(made(PLENTY, flowers, 2, over).told())
        .noneMatch(line -> line.contains("on the cluster"));
    assertThat(made(NOTHING, flowers, 2, over, "resample.search=exact").told())
        .anyMatch(line -> line.contains("neighbours: exact, on the cluster"));
  }

  @Test
  void cleaningThatWouldLeaveNoRowOfAClassIsRefused() {
    assertThatThrownBy(
            () ->
                resampled(
                    NOTHING,
                    Flowers.rows(60, 30, 4),
                    2,
                    "sampling.method=enn",
                    "sampling.target=all",
                    "sampling.neighbours=20"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("would remove all 4 training rows of the class iris");
  }

  /** Classes that overlap. */
  private static List<Row> mixed() {
    List<Row> rows = Flowers.rows(60, 30, 12);
    return IntStream.range(0, rows.size()).mapToObj(i -> closer(rows.get(i))).toList();
  }

  private static Row closer(Row row) {
    Object[] values = IntStream.range(0, row.size()).mapToObj(row::get).toArray();
    values[1] = row.getDouble(1) / 8;
    return RowFactory.create(values);
  }

  private static String setting(Method method) {
    return "sampling.method=" + method.word();
  }

  private static Map<String, Long> perClass(List<Row> rows) {
    return rows.stream()
        .collect(Collectors.groupingBy(row -> row.<String>getAs("label"), Collectors.counting()));
  }

  /** Names of the rows that others were made of. */
  private static Set<String> bases(List<Row> rows) {
    return rows.stream()
        .filter(row -> !row.<String>getAs("origin").equals("original"))
        .map(row -> row.<String>getAs("source"))
        .collect(Collectors.toSet());
  }

  private static List<String> texts(List<Row> rows) {
    return rows.stream().map(Row::toString).toList();
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
    assertThatThrownBy(() -> resampled(2, "sampling.method=condensed"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(
            "sampling.method: condensed works within one task, but 94 rows and 0 made ones of 2 features")
        .hasMessageContaining("choose a method that has no such limit, such as smote,");
  }
}
