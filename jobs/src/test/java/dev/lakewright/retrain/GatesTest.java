package dev.lakewright.retrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.GateConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.scoring.PairedScores;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What gates let through. */
class GatesTest {

  private static final List<String> CLASSES = List.of("a", "b");
  private static final int ROWS = 100;

  private static GateConfig config(String... settings) {
    return ConfigDocument.load(
            Optional.empty(),
            Arrays.stream(settings).map("retrain.gate."::concat).toList(),
            Map.of())
        .bind(LakewrightConfig.class)
        .retrain()
        .gate();
  }

  private static Gates gates(String... settings) {
    return new Gates(config(settings), Metric.ACCURACY, 7);
  }

  /** Half of each class; wrong at the given places. */
  private static ScoredRows scores(double probability, int... wrong) {
    int[] labels = IntStream.range(0, ROWS).map(row -> row % 2).toArray();
    int[] predicted = labels.clone();
    Arrays.stream(wrong).forEach(row -> predicted[row] = 1 - predicted[row]);
    double[] probabilities = new double[2 * ROWS];
    for (int row = 0; row < ROWS; row++) {
      probabilities[2 * row + predicted[row]] = probability;
      probabilities[2 * row + 1 - predicted[row]] = 1 - probability;
    }
    return new ScoredRows(CLASSES, labels, probabilities, predicted);
  }

  private static PairedScores pair(ScoredRows champion, ScoredRows challenger) {
    return new PairedScores(champion, challenger, List.of());
  }

  private static Verdict verdict(String gate, List<Verdict> verdicts) {
    return verdicts.stream().filter(one -> one.gate().equals(gate)).findFirst().orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.1", "0.0999999", "0.1000001"})
  void aRecallThatFallsExactlyToItsLimitPasses(String limit) {
    // 5 of the 50 rows of class a
    PairedScores five = pair(scores(0.8), scores(0.8, 0, 2, 4, 6, 8));
    Verdict verdict = verdict("recall", gates("max_recall_drop=" + limit).judge("held_out", five));
    assertThat(verdict.passed()).isEqualTo(!limit.equals("0.0999999"));
    assertThat(verdict.value()).isCloseTo(0.1, within(1e-12));
    assertThat(verdict.explanation())
        .isEqualTo(
            "recall of a went from 1.0000 to 0.9000, the largest fall of any class; max_recall_drop is %s",
            limit);
  }

  @Test
  void aVerdictTellsWhatWasAskedFor() {
    List<Verdict> verdicts =
        gates("min_gain=-0.01", "max_recall_drop=0.02")
            .judge("held_out", pair(scores(0.8, 1, 3), scores(0.8, 1)));
    assertThat(verdict("gain", verdicts).explanation())
        .isEqualTo(
            "accuracy went from 0.9800 to 0.9900, better by at least 0.0000 at level 0.05; min_gain is -0.01");
    assertThat(verdict("recall", verdicts).explanation())
        .isEqualTo(
            "no class's recall fell; that of a went from 1.0000 to 1.0000; max_recall_drop is 0.02");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1e-9"})
  void aGainExactlyAtItsLimitPasses(String least) {
    PairedScores same = pair(scores(0.8, 1, 2), scores(0.8, 1, 2));
    Verdict verdict = verdict("gain", gates("min_gain=" + least).judge("held_out", same));
    assertThat(verdict.passed()).isEqualTo(least.equals("0"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.25", "0.2499"})
  void aCalibrationErrorExactlyAtItsLimitPasses(String limit) {
    PairedScores sure = pair(scores(0.75), scores(0.75));
    Verdict verdict =
        verdict("calibration", gates("max_calibration_error=" + limit).judge("held_out", sure));
    assertThat(verdict.value()).isCloseTo(0.25, within(1e-12));
    assertThat(verdict.passed()).isEqualTo(limit.equals("0.25"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.125", "0.1249"})
  void aScoreShiftExactlyAtItsLimitPasses(String limit) {
    PairedScores shifted = pair(scores(0.75), scores(0.625));
    Verdict verdict =
        verdict("score_shift", gates("max_score_shift=" + limit).judge("held_out", shifted));
    assertThat(verdict.value()).isCloseTo(0.125, within(1e-12));
    assertThat(verdict.passed()).isEqualTo(limit.equals("0.125"));
  }

  @Test
  void sizeAndLatencyExactlyAtTheirLimitsPass() {
    Gates gates = gates("max_megabytes=1.5", "max_microseconds=20");
    assertThat(gates.resources(1_500_000, () -> 20)).allMatch(Verdict::passed).hasSize(2);
    assertThat(gates.resources(1_500_001, () -> 20.01)).noneMatch(Verdict::passed).hasSize(2);
    assertThat(gates().resources(1L << 40, () -> 1e9)).isEmpty();
  }

  @Test
  void aSliceMayFallToItsLimit() {
    PairedScores five = pair(scores(0.8), scores(0.8, 0, 1, 2, 3, 4));
    assertThat(gates("max_slice_drop=0.05").slice("cities", five).passed()).isTrue();
    assertThat(gates("max_slice_drop=0.0499").slice("cities", five).passed()).isFalse();
  }

  @Test
  void aClassThatTheRowsLackDecidesNothing() {
    ScoredRows ofOne = new ScoredRows(CLASSES, new int[4], new double[8], new int[] {0, 0, 0, 1});
    assertThat(verdict("recall", gates().judge("held_out", pair(ofOne, ofOne))).passed()).isTrue();
  }

  /** All of class a, of which there are so many rows, were right and are wrong now. */
  private static PairedScores lost(int rows) {
    int[] labels = IntStream.range(0, ROWS).map(row -> row < rows ? 0 : 1).toArray();
    int[] wrong = new int[ROWS];
    Arrays.fill(wrong, 1);
    double[] probabilities = new double[2 * ROWS];
    return pair(
        new ScoredRows(CLASSES, labels, probabilities, labels),
        new ScoredRows(CLASSES, labels, probabilities, wrong));
  }

  @Test
  void theRecallOfAClassOfFewRowsIsNotJudged() {
    assertThat(verdict("recall", gates().judge("held_out", lost(30))).passed()).isFalse();
    Verdict few = verdict("recall", gates().judge("held_out", lost(29)));
    assertThat(few.passed()).isTrue();
    assertThat(few.explanation()).endsWith("; not judged, with fewer than 30 rows: a");
  }

  @Test
  void aSliceOfFewRowsIsNotJudged() {
    boolean[] few = new boolean[ROWS];
    Arrays.fill(few, 0, 29, true);
    PairedScores all = lost(50);
    PairedScores part = new PairedScores(all.first(), all.second(), List.of(few)).where(0);
    assertThat(gates().slice("cities", part).passed()).isTrue();
    assertThat(gates().slice("cities", part).explanation())
        .isEqualTo("not judged: 29 rows of cities, fewer than 30");
  }

  @Test
  void aLatencyThatCouldNotBeMeasuredFails() {
    Verdict verdict = gates("max_microseconds=20").resources(1, () -> Double.NaN).get(0);
    assertThat(verdict.passed()).isFalse();
    assertThat(verdict.explanation()).isEqualTo("there is no record to measure it on");
  }

  @Test
  void moreRowsGainedThanChanceExplainsPassMcNemar() {
    int[] ten = IntStream.range(0, 10).toArray();
    Gates gates = gates("evidence=mcnemar", "min_gain=0", "level=0.05");
    Verdict better = verdict("gain", gates.judge("held_out", pair(scores(0.8, ten), scores(0.8))));
    assertThat(better.passed()).isTrue();
    assertThat(better.numbers()).containsEntry("gained", 10L).containsEntry("lost", 0L);
    Verdict worse = verdict("gain", gates.judge("held_out", pair(scores(0.8), scores(0.8, ten))));
    assertThat(worse.passed()).isFalse();
  }

  /**
   * Two models that err independently in a fifth of the rows: neither is better, so that a
   * challenger may pass in a share of at most {@code level} of all comparisons. Of 400, 20 are
   * expected to pass at 5 %, with a standard deviation of 4.4.
   */
  @ParameterizedTest
  @ValueSource(strings = {"bootstrap", "mcnemar"})
  void ofComparisonsOfEqualsAllButTheStatedShareAreRejected(String evidence) {
    GateConfig config = config("evidence=" + evidence, "min_gain=0", "level=0.05", "draws=400");
    SplittableRandom random = new SplittableRandom(11);
    int passed = 0;
    for (int comparison = 0; comparison < 400; comparison++) {
      PairedScores equals = pair(scores(0.8, fifth(random)), scores(0.8, fifth(random)));
      Gates gates = new Gates(config, Metric.ACCURACY, comparison);
      passed += verdict("gain", gates.judge("held_out", equals)).passed() ? 1 : 0;
    }
    // McNemar's exact test is conservative; the bootstrap counts ties with the limit as passes
    assertThat(passed).isBetween(evidence.equals("mcnemar") ? 2 : 8, 38);
  }

  private static int[] fifth(SplittableRandom random) {
    return IntStream.range(0, ROWS).filter(row -> random.nextInt(5) == 0).toArray();
  }
}
