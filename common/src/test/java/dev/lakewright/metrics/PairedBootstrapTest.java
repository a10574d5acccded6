package dev.lakewright.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class PairedBootstrapTest {

  private static final List<String> CLASSES = List.of("common", "rare");
  private static final List<Figure> FIGURES =
      List.of(Figure.of(Metric.ACCURACY), Figure.recall("minority_recall", 1));

  /** 400 rows, every fifth rare; predictions are right except at the given places. */
  private static ScoredRows rows(int... wrong) {
    int[] labels = IntStream.range(0, 400).map(row -> row % 5 == 0 ? 1 : 0).toArray();
    int[] predicted = labels.clone();
    Arrays.stream(wrong).forEach(row -> predicted[row] = 1 - predicted[row]);
    double[] probabilities = new double[800];
    for (int row = 0; row < 400; row++) {
      probabilities[2 * row + predicted[row]] = 0.75;
      probabilities[2 * row + 1 - predicted[row]] = 0.25;
    }
    return new ScoredRows(CLASSES, labels, probabilities, predicted);
  }

  private static PairedBootstrap against(ScoredRows reference) {
    return new PairedBootstrap(reference, FIGURES, 2000, 0.95, 7);
  }

  @Test
  void aWayDiffersFromItselfByNothingThoughItsOwnIntervalIsWide() {
    ScoredRows some = rows(IntStream.range(0, 100).toArray());
    PairedBootstrap.Estimate accuracy = against(some).measure(some).get(0);
    assertThat(accuracy.value()).isEqualTo(0.75);
    assertThat(accuracy.interval().high() - accuracy.interval().low()).isGreaterThan(0.05);
    assertThat(accuracy.difference()).isZero();
    assertThat(accuracy.differenceInterval()).isEqualTo(new Interval(0, 0));
    assertThat(accuracy.differs()).isFalse();
  }

  /**
   * Rows 0 to 39 are wrong with the reference only, 40 to 49 with the other only: the differences
   * of the rows are 40 times 1 and 10 times -1 of 400, whose mean has a standard error of
   * sqrt(50/400 - (30/400)^2) / 20 = 0.01728.
   */
  @Test
  void theIntervalOfADifferenceIsThatOfTheRowsDifferences() {
    ScoredRows reference = rows(IntStream.range(0, 40).toArray());
    ScoredRows other = rows(IntStream.range(40, 50).toArray());
    PairedBootstrap.Estimate accuracy = against(reference).measure(other).get(0);
    double error = 0.01728;
    assertThat(accuracy.difference()).isCloseTo(0.075, within(1e-12));
    assertThat(accuracy.differenceInterval().low()).isCloseTo(0.075 - 1.96 * error, within(0.005));
    assertThat(accuracy.differenceInterval().high()).isCloseTo(0.075 + 1.96 * error, within(0.005));
    assertThat(accuracy.differs()).isTrue();
  }

  @Test
  void figuresOfOneClassAreOfItsRowsAlone() {
    ScoredRows reference = rows(0, 5, 10, 15);
    PairedBootstrap.Estimate recall = against(reference).measure(rows(1, 2, 3)).get(1);
    assertThat(recall.value()).isEqualTo(1);
    assertThat(recall.difference()).isCloseTo(4 / 80.0, within(1e-12));
  }

  @Property(tries = 20)
  void swappingTheTwoTurnsTheDifferenceRound(
      @ForAll @IntRange(max = 399) int wrong, @ForAll @LongRange(max = 99) long seed) {
    ScoredRows one = rows(wrong, 7, 20);
    ScoredRows other = rows(3);
    PairedBootstrap.Estimate there = paired(one, seed).measure(other).get(0);
    PairedBootstrap.Estimate back = paired(other, seed).measure(one).get(0);
    assertThat(back.difference()).isEqualTo(-there.difference());
    assertThat(back.differenceInterval().low())
        .isCloseTo(-there.differenceInterval().high(), within(1e-12));
  }

  private static PairedBootstrap paired(ScoredRows reference, long seed) {
    return new PairedBootstrap(reference, FIGURES, 50, 0.9, seed);
  }

  @Test
  void otherRowsAreRefused() {
    int[] labels = new int[400];
    ScoredRows others = new ScoredRows(CLASSES, labels, new double[800], labels.clone());
    assertThatThrownBy(() -> against(rows()).measure(others))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are not the 400 rows of the reference");
  }

  @Test
  void withoutDrawsThereAreNoIntervals() {
    PairedBootstrap.Estimate accuracy =
        new PairedBootstrap(rows(1), FIGURES, 0, 0.95, 7).measure(rows()).get(0);
    assertThat(accuracy.interval().low()).isNaN();
    assertThat(accuracy.differs()).isFalse();
  }
}
