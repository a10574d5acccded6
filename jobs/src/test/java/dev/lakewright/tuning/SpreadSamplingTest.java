package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.Folds;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.sampling.Columns;
import dev.lakewright.sampling.Draws;
import dev.lakewright.sampling.Resampled;
import dev.lakewright.sampling.Resamplers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random sampling of rows that are spread over several parts. They are counted once for all tests,
 * which only read them.
 */
class SpreadSamplingTest {

  private static final int FOLDS = 3;
  private static final FoldTask.Effort ALL_ROWS = new FoldTask.Effort(1, 1, 1, 0);
  private static final FoldTask.Effort SOME_ROWS = new FoldTask.Effort(0.4, 0.4, 1, 0);

  @TempDir static Path folder;
  private static LabelledRows rows;
  private static CountedSweep counted;
  private static List<FeatureBlock> blocks;

  private final List<String> classes = List.of("often", "rare", "seldom");

  @BeforeAll
  static void count() {
    Trials.table(
        folder,
        "SELECT concat('r', id) AS id, concat('w', hash(id) % 40, ' k', id % 2) AS text,"
            + " 0.5 + pmod(hash(id, 2), 5) AS heavy,"
            + " if(id % 23 = 0, 'rare', if(id % 5 = 0, 'seldom', 'often')) AS label"
            + " FROM range(40000)");
    rows = Trials.rows(config());
    counted = Trials.count(spark(), rows, counting(), config().tune());
    blocks = new ArrayList<>(counted.rows(spark()).collect());
    blocks.sort(Comparator.comparingInt(FeatureBlock::number));
  }

  @AfterAll
  static void forget() {
    counted.close();
  }

  private static JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());
  }

  private static Counting counting() {
    return Counting.of(Trials.trial(config()));
  }

  private static LakewrightConfig config(String... more) {
    return Trials.config(
        folder,
        List.of(
            "data.weight=heavy",
            "data.split.test=0",
            "features.words={ngrams: [1, 1], hash_bits: 6}",
            "learner.l2=1e-2",
            "tune={folds: 3, plan: data_parallel}"),
        more);
  }

  private static Trial trial(int number, String sampling) {
    LakewrightConfig config = config("sampling={" + sampling + "}");
    return new Trial(
        number,
        Map.of("sampling", sampling),
        config.features(),
        config.sampling(),
        config.learner(),
        config.ensemble());
  }

  private SpreadTotals totals(FoldTask.Effort effort) {
    return counted.spread().totals(Folds.of(config().tune()), classes.size(), effort);
  }

  private DrawnTraining training(Trial trial, int fold, FoldTask.Effort effort) {
    SpreadTrainings.Choice choice = SpreadTrainings.Choice.of(fold, trial.sampling());
    return SpreadTrainings.draw(choice, counted.spread(), totals(effort), classes, effort);
  }

  /** How often a training takes each of its rows, in their order. */
  private long[] taken(DrawnTraining training, FoldTask.Effort effort) {
    LongStream.Builder times = LongStream.builder();
    long number = 0;
    for (FeatureBlock block : blocks) {
      for (int row = 0; row < block.rows(); row++) {
        if (block.trains(row, training.fold()) && effort.trains(block.key(row))) {
          times.add(training.times(number++, block.label(row)));
        }
      }
    }
    return times.build().toArray();
  }

  /** The training rows of a fold as a task would resample them. */
  private Resampled inATask(Trial trial, RowMatrix training) {
    return Resamplers.of(
            trial.sampling(),
            classes,
            Columns.numbers(training.features()),
            (rows, width, seed) -> new double[rows.rows()])
        .orElseThrow()
        .resample(training, trial.sampling().seed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "method: random_under",
        "method: random_under, ratio: 0.4, seed: 3",
        "method: random_under, counts: {often: 1234, seldom: 17}",
        "method: random_over",
        "method: random_over, ratio: 0.7",
        "method: random_over, target: minority, seed: 3",
        "method: random_over, counts: {rare: 9001}"
      })
  void takesTheVeryRowsThatATaskWouldTakeAsOften(String sampling) {
    Trial trial = trial(0, sampling);
    for (FoldTask.Effort effort : List.of(ALL_ROWS, SOME_ROWS)) {
      for (int fold : new int[] {-1, 1}) {
        RowMatrix all =
            FoldRows.weigh(blocks, counted.featurizerWithout(fold), classes.size(), fold, effort)
                .training();
        Resampled expected = inATask(trial, all);
        DrawnTraining training = training(trial, fold, effort);

        long[] times = new long[all.rows()];
        Arrays.stream(expected.sources()).forEach(row -> times[row]++);
        assertThat(taken(training, effort)).containsExactly(times);
        ClassTotals totals = ClassTotals.of(expected.rows(), classes.size());
        assertThat(training.totals().rows()).containsExactly(totals.rows());
        assertThat(training.totals().weights()).containsExactly(totals.weights());
      }
    }
  }

  @Test
  void aFoldsClassesHaveExactlyTheRowsThatAreAskedFor() {
    long[] there = totals(ALL_ROWS).all().trained(0).rows();

    assertThat(training(trial(0, "method: random_over"), 0, ALL_ROWS).totals().rows())
        .containsExactly(there[0], there[0], there[0]);
    assertThat(training(trial(0, "method: random_under"), 0, ALL_ROWS).totals().rows())
        .containsExactly(there[1], there[1], there[1]);
    assertThat(training(trial(0, "method: random_under, ratio: 0.5"), 0, ALL_ROWS).totals().rows())
        .containsExactly(2 * there[1], there[1], 2 * there[1]);
  }

  @Test
  void theCutsOfAllFoldsAndSamplingsAreOneJob() {
    SpreadTotals totals = totals(ALL_ROWS);
    List<SpreadTrainings.Choice> choices = new ArrayList<>();
    for (String sampling : List.of("method: none", "method: random_over", "method: random_under")) {
      for (int fold = -1; fold < FOLDS; fold++) {
        choices.add(SpreadTrainings.Choice.of(fold, trial(0, sampling).sampling()));
      }
    }
    String group = "cuts of all folds";
    spark().setJobGroup(group, group);
    try {
      SpreadTrainings.draw(choices, counted.spread(), totals, classes, ALL_ROWS);
    } finally {
      spark().clearJobGroup();
    }
    assertThat(spark().statusTracker().getJobIdsForGroup(group)).hasSize(1);
  }

  @Test
  void aCutThatIsNotWhereItIsExpectedIsFoundByLookingWider() {
    SpreadTotals totals = totals(ALL_ROWS);
    long size = totals.all().trained(-1).rows()[0];
    List<RandomCuts.Wanted> wanted = new ArrayList<>();
    for (long rank : new long[] {1, size / 3, size / 2, size - 1}) {
      wanted.add(new RandomCuts.Wanted(-1, 0, new Draws(11), rank, size));
    }

    assertThat(new RandomCuts(counted.spread(), totals, ALL_ROWS, 1e-3).find(wanted))
        .isEqualTo(new RandomCuts(counted.spread(), totals, ALL_ROWS).find(wanted));
  }

  /** What became of trials, by number and fold. */
  private Map<Integer, List<FoldOutcome>> outcomes(FoldTask.Effort effort, Trial... trials)
      throws Exception {
    Map<Integer, Set<Integer>> folds = new TreeMap<>();
    for (Trial trial : trials) {
      folds.put(trial.number(), Set.of(0, 1, 2));
    }
    try (CachedResults results =
        counted
            .runner(spark(), rows.classes())
            .run(List.of(trials), folds, effort, outcomes -> {}, () -> false)) {
      return results.results().map(FoldTask.Result::outcome).collect().stream()
          .sorted(Comparator.comparingInt(FoldOutcome::fold))
          .collect(Collectors.groupingBy(FoldOutcome::trial, TreeMap::new, Collectors.toList()));
    }
  }

  private Map<Integer, List<Double>> losses(Trial... trials) throws Exception {
    Map<Integer, List<Double>> losses = new TreeMap<>();
    outcomes(FoldTask.Effort.of(config().tune(), 1), trials)
        .forEach(
            (trial, folds) ->
                losses.put(
                    trial,
                    folds.stream()
                        .map(fold -> fold.metrics().getOrDefault("log_loss", Double.NaN))
                        .toList()));
    return losses;
  }

  @Test
  void trialsOfDifferentSamplingsAreTrainedTogetherAsEachIsAlone() throws Exception {
    Trial none = trial(0, "method: none");
    Trial under = trial(1, "method: random_under");
    Trial half = trial(2, "method: random_under, ratio: 0.5");
    Trial over = trial(3, "method: random_over");
    // no class is larger than the largest
    Trial refused = trial(4, "method: random_over, counts: {often: 3}");

    Map<Integer, List<Double>> together = losses(none, under, half, over, refused);

    for (Trial alone : List.of(none, under, half, over)) {
      assertThat(losses(alone).get(alone.number())).isEqualTo(together.get(alone.number()));
    }
    assertThat(together.values()).doesNotHaveDuplicates();
    assertThat(together.get(4)).containsOnly(Double.NaN);
  }

  @Test
  void aResamplingThatFailsLeavesOtherTrialsAlone() throws Exception {
    Trial fails = trial(0, "method: near_miss_1, counts: {often: 50000}");
    Trial stands = trial(1, "method: near_miss_1, counts: {often: 90, seldom: 80}");

    Map<Integer, List<FoldOutcome>> outcomes =
        outcomes(FoldTask.Effort.of(config().tune(), 1), fails, stands);

    assertThat(outcomes.get(0))
        .hasSize(3)
        .allSatisfy(fold -> assertThat(fold.failure()).startsWith("sampling.counts.often: 50000"));
    assertThat(outcomes.get(1)).allSatisfy(fold -> assertThat(fold.failure()).isEmpty());
  }

  @Test
  void resamplingCountsAgainstATrialsTimeLimit() throws Exception {
    Trial trial = trial(0, "method: near_miss_1");

    assertThat(outcomes(new FoldTask.Effort(1, 1, 1, 1e-9), trial).get(0))
        .hasSize(3)
        .allSatisfy(
            fold ->
                assertThat(fold.failure())
                    .matches(
                        "fold \\d was not trained within tune.trial_seconds: 1.0E-9; allow more, or a sampling.method that takes less"));
  }

  @Test
  void aMemberThatFitsNoTaskIsRefusedInALineThatSaysWhatToDo() {
    LakewrightConfig config = config("ensemble={type: balanced_bagging, members: 2}");
    List<FoldTask.Candidate> candidates = List.of(FoldTask.Candidate.of(Trials.trial(config)));
    SpreadEnsembles ensembles =
        new SpreadEnsembles(counted.spread(), totals(ALL_ROWS), classes, ALL_ROWS, 1 << 30);

    assertThatThrownBy(() -> ensembles.train(candidates, 0, counted.featurizerWithout(0), 0))
        .isInstanceOf(DataException.class)
        .hasMessageMatching(
            "ensemble.type: balanced_bagging trains each member in one task, but its \\d+ rows and models of them take about \\d+ MB, and a task has \\d+ MB; give more memory .*");
  }
}
