package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.Featurizer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Estimators of Spark are trained on the rows, and in the ensembles, that linear models are trained
 * on. The table is written once, and counted once for all settings that count it alike.
 */
class SparkLearnersTest {

  private static final String PACKAGE = "org.apache.spark.ml.classification.";

  /** The objective that ours minimizes by default. */
  private static final String REGRESSION =
      "learner={l2: 1, type: spark, estimator: "
          + PACKAGE
          + "LogisticRegression, params: {regParam: 1, standardization: 'false', tol: 1e-7,"
          + " maxIter: 100}}";

  private static final String OURS = "learner={l2: 1, tolerance: 1e-12, max_iterations: 500}";

  private static final Map<String, Counted> COUNTED = new HashMap<>();

  @TempDir static Path folder;

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  /** Rows of a configuration, counted. */
  private record Counted(LabelledRows rows, CountedSweep sweep) {

    static Counted of(LakewrightConfig config) {
      Counting counting = Counting.of(Trials.trial(config));
      return COUNTED.computeIfAbsent(
          config.data().label()
              + config.data().id()
              + config.tune().plan()
              + config.tune().by()
              + counting,
          absent -> {
            LabelledRows rows = Trials.rows(config, 2);
            return new Counted(
                rows,
                Trials.count(
                    JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext()),
                    rows,
                    counting,
                    config.tune()));
          });
    }
  }

  @BeforeAll
  static void table() {
    Trials.table(
        folder,
        "SELECT *, if(fold = 0, 'rare', label) AS other, if(label = 'rare', 'rare', 'usual') AS two"
            + " FROM (SELECT concat('r', id) AS id, concat_ws(' ', transform(sequence(1, 6), i ->"
            + " concat('w', hash(id, i) % 12, if(id % 6 = 0 AND i < 3, 'rare', '')))) AS text,"
            + " if(id % 6 = 0, 'rare', if(id % 2 = 0, 'even', 'odd')) AS label,"
            + " cast(pmod(hash(id, 5), 3) AS int) AS fold FROM range(240))");
  }

  @AfterAll
  static void forget() {
    COUNTED.values().forEach(counted -> counted.sweep().close());
    COUNTED.clear();
  }

  private static LakewrightConfig config(String... settings) {
    return Trials.config(
        folder,
        List.of(
            "data.split.test=0", "features.words={ngrams: [1, 1], hash_bits: 6}", "tune.folds=3"),
        settings);
  }

  /** What comes out for trials on the first fold, in their order. */
  private List<FoldTask.Result> results(LakewrightConfig... configs) throws Exception {
    Counted counted = Counted.of(configs[0]);
    List<Trial> trials =
        IntStream.range(0, configs.length)
            .mapToObj(number -> Trials.trial(number, configs[number]))
            .toList();
    TrialRunner runner =
        trials.get(0).ofSpark()
            ? ofSpark(configs[0])
            : counted.sweep().runner(spark, counted.rows().classes());
    Map<Integer, Set<Integer>> first =
        trials.stream().collect(Collectors.toMap(Trial::number, trial -> Set.of(0)));
    try (CachedResults results =
        runner.run(trials, first, effort(configs[0]), outcomes -> {}, () -> false)) {
      return results.results().collect().stream()
          .sorted(Comparator.comparingInt(result -> result.outcome().trial()))
          .toList();
    }
  }

  private FoldTask.Result result(LakewrightConfig config) throws Exception {
    FoldTask.Result result = results(config).get(0);
    assertThat(result.outcome().failure()).isEmpty();
    return result;
  }

  private FoldScores scores(LakewrightConfig config) throws Exception {
    return result(config).scores().get(0);
  }

  private static SparkLearners ofSpark(LakewrightConfig config) {
    Counted counted = Counted.of(config);
    return new SparkLearners(
        SparkForTests.session(), counted.sweep(), counted.rows().classes(), config.tune().seed());
  }

  /** Both minimize the same, on the same rows, to the same point. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "label | sampling={}",
        "label | sampling={weights: balanced}",
        "label | sampling={method: random_over}",
        "two | sampling={method: random_under}",
        "label | sampling={method: smote}",
        "two | sampling={method: smote_tomek}",
        "label | sampling={method: instance_hardness}",
        "label | sampling={augmentation: {mix_up: 1}}",
        "label | sampling={augmentation: {mix_up: 1, mix_up_partners: any}}",
        "label | sampling={augmentation: {copies: 2}}",
        "label | ensemble={type: balanced_bagging, members: 2}",
        "two | ensemble={type: balanced_bagging, members: 2, replacement: none, ratio: 2}",
        "label | ensemble={type: easy_ensemble, members: 2, rounds: 2}",
        "label | ensemble={type: rus_boost, members: 3}",
        "two | ensemble={type: rus_boost, members: 3, vote: probabilities}"
      })
  void logisticRegressionOfSparkScoresAsOursWhateverIsMadeOfTheRows(String label, String setting)
      throws Exception {
    FoldTask.Result theirs = result(config(REGRESSION, setting, "data.label=" + label));
    FoldTask.Result ours = result(config(OURS, setting, "data.label=" + label));

    assertThat(theirs.scores().get(0).ids()).containsExactly(ours.scores().get(0).ids());
    assertThat(centred(theirs.scores().get(0)))
        .containsExactly(centred(ours.scores().get(0)), within(1e-3));
    // of probabilities, which are corrected for what became of the classes' shares
    for (String metric : List.of("log_loss", "brier")) {
      assertThat(theirs.outcome().metrics().get(metric))
          .isCloseTo(ours.outcome().metrics().get(metric), within(1e-3));
    }
  }

  @Test
  void trialsOfOneRunDoNotTellOnEachOther() throws Exception {
    String bayes = "learner={type: spark, estimator: " + PACKAGE + "NaiveBayes}";
    LakewrightConfig smote = config(bayes, "sampling.method=smote");
    LakewrightConfig bagged = config(bayes, "ensemble={type: balanced_bagging, members: 2}");
    List<FoldTask.Result> together =
        results(
            smote,
            bagged,
            config(bayes, "sampling={method: smote, neighbours: 200, small_classes: refuse}"),
            config(bayes, "sampling.method=smote", "learner.params={smoothing: '3'}"),
            smote);

    assertThat(together)
        .extracting(result -> result.outcome().trial())
        .containsExactly(0, 1, 2, 3, 4);
    assertThat(together.get(0).scores().get(0).margins())
        .containsExactly(scores(smote).margins())
        .containsExactly(together.get(4).scores().get(0).margins())
        .isNotEqualTo(together.get(3).scores().get(0).margins());
    assertThat(together.get(1).scores().get(0).margins()).containsExactly(scores(bagged).margins());
    assertThat(together.get(2).scores()).isEmpty();
    assertThat(together.get(2).outcome().failure()).contains("wants 200 neighbours");
  }

  @Test
  void anEnsembleThatTakesTooLongSaysWhatToDo() throws Exception {
    LakewrightConfig config =
        config(REGRESSION, "ensemble.type=balanced_bagging", "tune.trial_seconds=0.001");

    assertThat(results(config).get(0).outcome().failure())
        .isEqualTo(
            "fold 0 was not trained within tune.trial_seconds: 0.001; allow more, or fewer ensemble.members or rounds");
  }

  /** Margins less the mean of their row: what adds the same to all classes says nothing. */
  private static double[] centred(FoldScores scores) {
    int classes = scores.margins().length / scores.labels().length;
    return IntStream.range(0, scores.margins().length)
        .mapToDouble(
            at -> {
              int from = at - at % classes;
              return scores.margins()[at]
                  - Arrays.stream(scores.margins(), from, from + classes).average().orElseThrow();
            })
        .toArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "random_over", "random_under", "tomek", "adasyn"})
  void rowsThatStaySpreadAreTheVeryOnesThatATaskTakes(String method) throws Exception {
    String sampling = "sampling.method=" + method;

    assertThat(trainingRows(config(sampling, "tune.plan=data_parallel")))
        .containsExactlyInAnyOrderElementsOf(trainingRows(config(sampling)));
  }

  private static FoldTask.Effort effort(LakewrightConfig config) {
    return FoldTask.Effort.of(config.tune(), 1);
  }

  private List<String> trainingRows(LakewrightConfig config) {
    CountedSweep counted = Counted.of(config).sweep();
    Broadcast<List<Featurizer>> featurizers = spark.broadcast(counted.featurizersWithout(3));
    try (FoldFrames frames =
        new FoldFrames(
            SparkForTests.session(),
            counted,
            featurizers,
            1,
            Counted.of(config).rows().classes(),
            effort(config),
            counted.totals(Counted.of(config).rows().classes().size(), effort(config)))) {
      return frames
          .training(FoldTask.Candidate.of(Trials.trial(config)))
          .rows()
          .select(FoldFrames.LABEL, FoldFrames.WEIGHT, FoldFrames.FEATURES)
          .toJavaRDD()
          .map(String::valueOf)
          .collect();
    } finally {
      featurizers.destroy();
    }
  }

  /** The labels of the first fold are the marker: whatever learns from them scores otherwise. */
  @ParameterizedTest
  @CsvSource({
    "NaiveBayes, sampling.method=smote",
    "NaiveBayes, sampling.method=tomek",
    "NaiveBayes, ensemble.type=balanced_bagging",
    "DecisionTreeClassifier, ensemble.type=rus_boost"
  })
  void labelsOfValidationRowsTellOnNoScore(String estimator, String setting) throws Exception {
    assertThat(firstFold(estimator, setting, "other"))
        .containsExactly(firstFold(estimator, setting, "label"));
  }

  private double[] firstFold(String estimator, String setting, String label) throws Exception {
    return scores(
            config(
                "learner={type: spark, estimator: " + PACKAGE + estimator + "}",
                "ensemble={members: 2}",
                setting,
                "data.label=" + label,
                "tune.by=column",
                "tune.column=fold"))
        .margins();
  }

  /** Boosting weighs rows, drawing some more than once does not. */
  @Test
  void estimatorsThatCannotWeighRowsAreBagged() throws Exception {
    FoldScores scores =
        scores(
            config(
                "learner={type: spark, estimator: "
                    + PACKAGE
                    + "FMClassifier, params: {maxIter: 5}}",
                "data.label=two",
                "ensemble={type: balanced_bagging, members: 2}"));

    assertThat(scores.ids()).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sampling={method: condensed} | sampling.method: condensed looks at the features of a fold's rows in one place, but tune.plan: data_parallel spreads them; choose a method that does without, such as smote, random_under, near_miss_1 or tomek, or give executors more memory",
        "ensemble={type: rus_boost} | ensemble.type: rus_boost draws its subsets from rows in one place, which tune.plan: data_parallel does not have; set ensemble.type: none, or give executors more memory"
      })
  void whatTakesRowsInOnePlaceIsRefusedWhereTheyAreSpread(String setting, String refusal) {
    LakewrightConfig config = config(REGRESSION, setting, "tune.plan=data_parallel");

    assertThatThrownBy(() -> ofSpark(config).requireSupported(Trials.trial(config), Set.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessage(refusal);
  }
}
