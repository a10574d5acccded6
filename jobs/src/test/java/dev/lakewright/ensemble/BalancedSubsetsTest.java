package dev.lakewright.ensemble;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.EnsembleConfig.Replacement;
import dev.lakewright.config.EnsembleConfig.Type;
import java.util.Arrays;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class BalancedSubsetsTest {

  @Property(tries = 100)
  void noClassHasMoreRowsThanTheRatioOfTheSmallest(
      @ForAll @Size(min = 2, max = 5) int[] sizes,
      @ForAll @IntRange(min = 1, max = 5) int ratio,
      @ForAll Replacement replacement,
      @ForAll long seed) {
    int[] counts = Arrays.stream(sizes).map(size -> Math.floorMod(size, 50)).toArray();
    counts[0] = Math.max(1, counts[0]);
    int smallest = Arrays.stream(counts).filter(n -> n > 0).min().orElseThrow();
    int[] labels = labels(counts);

    Subset subset = subsets(ratio, replacement, seed, labels, counts.length).draw(2);

    long[] drawn = new long[counts.length];
    for (int at = 0; at < subset.rows().length; at++) {
      drawn[labels[subset.rows()[at]]] += subset.copies()[at];
    }
    for (int k = 0; k < counts.length; k++) {
      assertThat(drawn[k]).isEqualTo(Math.min(counts[k], ratio * smallest));
    }
    assertThat(subset.drawn()).containsExactly(drawn);
    assertThat(subset.rows()).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void withoutReplacementEveryRowOfTheSmallestClassIsThereOnce() {
    int[] labels = labels(5, 40, 30);
    for (Replacement replacement : new Replacement[] {Replacement.NONE, Replacement.OTHERS}) {
      Subset subset = subsets(1, replacement, 1, labels, 3).draw(0);
      assertThat(subset.rows()).startsWith(0, 1, 2, 3, 4);
      assertThat(Arrays.copyOf(subset.copies(), 5)).containsOnly(1);
    }
    assertThat(subsets(1, Replacement.NONE, 1, labels, 3).draw(0).copies()).containsOnly(1);
  }

  @Test
  void aBootstrapRepeatsRowsOfTheSmallestClassToo() {
    Subset subset = subsets(1, Replacement.ALL, 1, labels(30, 300), 2).draw(0);
    assertThat(IntStream.of(subset.rows()).filter(row -> row < 30).count()).isBetween(10L, 28L);
  }

  @ParameterizedTest
  @CsvSource({"BALANCED_BAGGING, ALL", "EASY_ENSEMBLE, NONE", "RUS_BOOST, NONE"})
  void baggingDrawsBootstrapsUnlessSaidOtherwiseAndBoostingDoesNot(Type type, Replacement drawing) {
    EnsembleConfig unsaid =
        new EnsembleConfig(type, 3, 1, 1, Replacement.AUTO, EnsembleConfig.Vote.DECISIONS, 7);
    EnsembleConfig said =
        new EnsembleConfig(type, 3, 1, 1, Replacement.OTHERS, EnsembleConfig.Vote.DECISIONS, 7);

    assertThat(unsaid.drawing()).isEqualTo(drawing);
    assertThat(said.drawing()).isEqualTo(Replacement.OTHERS);
  }

  @ParameterizedTest
  @EnumSource(Replacement.class)
  void aClassOfOneRowIsInEverySubset(Replacement replacement) {
    BalancedSubsets subsets = subsets(1, replacement, 3, labels(100, 1, 100), 3);
    for (int member = 0; member < 20; member++) {
      assertThat(subsets.draw(member).rows()).contains(100).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource(Replacement.class)
  void sameSeedSameSubsetsOtherMembersOthers(Replacement replacement) {
    int[] labels = labels(20, 200);
    Subset first = subsets(1, replacement, 5, labels, 2).draw(0);

    assertThat(subsets(1, replacement, 5, labels, 2).draw(0).rows()).isEqualTo(first.rows());
    assertThat(subsets(1, replacement, 5, labels, 2).draw(1).rows()).isNotEqualTo(first.rows());
    assertThat(subsets(1, replacement, 6, labels, 2).draw(0).rows()).isNotEqualTo(first.rows());
  }

  @ParameterizedTest
  @EnumSource(Replacement.class)
  void everyRowIsDrawnAboutAsOften(Replacement replacement) {
    BalancedSubsets subsets = subsets(1, replacement, 9, labels(20, 100), 2);
    int[] drawn = new int[120];
    for (int member = 0; member < 2000; member++) {
      Subset subset = subsets.draw(member);
      for (int at = 0; at < subset.rows().length; at++) {
        drawn[subset.rows()[at]] += subset.copies()[at];
      }
    }
    // 400 in the mean, and 20 a standard deviation
    assertThat(IntStream.range(20, 120).map(row -> drawn[row]))
        .allMatch(count -> count > 310 && count < 490);
  }

  private static BalancedSubsets subsets(
      double ratio, Replacement replacement, long seed, int[] labels, int classes) {
    return new BalancedSubsets(
        Ensembles.drawing(ratio, replacement, seed), labels, labels.length, classes);
  }

  private static int[] labels(int... counts) {
    return IntStream.range(0, counts.length)
        .flatMap(k -> IntStream.generate(() -> k).limit(counts[k]))
        .toArray();
  }
}
