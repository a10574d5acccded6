package dev.lakewright.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SharesTest {

  @Property
  void evenSharesSumToTheCountAndDifferByAtMostOne(
      @ForAll @IntRange(min = 1, max = 50) int members,
      @ForAll @IntRange(max = 500) int count,
      @ForAll long seed) {
    int[] shares = Shares.even(IntStream.range(0, members).toArray(), count, new Draws(seed));
    assertThat(Arrays.stream(shares).sum()).isEqualTo(count);
    assertThat(Arrays.stream(shares)).allMatch(share -> share - count / members <= 1);
    assertThat(Arrays.stream(shares)).allMatch(share -> share >= count / members);
  }

  @Property
  void proportionalSharesSumToTheCountAndAreWithinOneOfTheirProportion(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 9) Integer> tenths,
      @ForAll @IntRange(max = 500) int count) {
    double[] weights = tenths.stream().mapToDouble(tenth -> tenth / 10.0).toArray();
    int[] shares = Shares.proportional(weights, count);
    assertThat(Arrays.stream(shares).sum()).isEqualTo(count);
    double sum = Arrays.stream(weights).sum();
    for (int i = 0; i < shares.length && sum > 0; i++) {
      assertThat(Math.abs(shares[i] - weights[i] / sum * count)).isLessThan(1 + 1e-9);
    }
  }

  @Test
  void ofEqualScoresTheFirstAreLowest() {
    assertThat(Shares.lowest(new int[] {3, 5, 8, 9}, new double[] {1, 0, 1, 1}, 3))
        .containsExactly(3, 5, 8);
  }

  @Test
  void drawsAreEvenAndIndependent() {
    Draws draws = new Draws(1);
    int[] faces = new int[6];
    double sum = 0;
    double squares = 0;
    for (int row = 0; row < 60_000; row++) {
      faces[draws.below(6, Draws.Use.NEIGHBOUR, row, row % 7)]++;
      double normal = draws.normal(row, 3);
      sum += normal;
      squares += normal * normal;
    }
    assertThat(faces)
        .satisfies(all -> Arrays.stream(all).forEach(n -> assertThat(n).isBetween(9600, 10_400)));
    assertThat(sum / 60_000).isBetween(-0.02, 0.02);
    assertThat(squares / 60_000).isBetween(0.97, 1.03);
  }
}
