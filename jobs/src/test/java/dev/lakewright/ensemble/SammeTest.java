package dev.lakewright.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

/** Against computations by hand. */
class SammeTest {

  private static BitSet wrong(int... rows) {
    BitSet wrong = new BitSet();
    for (int row : rows) {
      wrong.set(row);
    }
    return wrong;
  }

  @Test
  void oneOfFourRowsWrongOfTwoClasses() {
    Samme samme = new Samme(new double[] {1, 1, 1, 1}, 2);
    assertThat(samme.error(wrong(2))).isEqualTo(0.25);
    assertThat(samme.vote(0.25)).isCloseTo(Math.log(3), within(1e-15));

    samme.reweigh(wrong(2), Math.log(3));

    // 1 : 1 : 3 : 1, so that half of the weight is on the row that was wrong
    assertThat(samme.weights())
        .containsExactly(new double[] {2 / 3.0, 2 / 3.0, 2, 2 / 3.0}, within(1e-15));
    assertThat(samme.error(wrong(2))).isCloseTo(0.5, within(1e-15));
  }

  @Test
  void threeClassesAddTheLogarithmOfTwo() {
    Samme samme = new Samme(new double[] {2, 1, 1, 4}, 3);
    assertThat(samme.error(wrong(1, 3))).isEqualTo(0.625);
    assertThat(samme.vote(0.625)).isCloseTo(Math.log(0.6) + Math.log(2), within(1e-15));

    samme.reweigh(wrong(1, 3), samme.vote(0.625));

    // 2 : 1.2 : 1 : 4.8 of 9
    assertThat(samme.weights())
        .containsExactly(new double[] {8 / 9.0, 4.8 / 9, 4 / 9.0, 19.2 / 9}, within(1e-14));
  }

  @Test
  void voteIsPositiveJustWhereALearnerBeatsGuessing() {
    Samme samme = new Samme(new double[10], 5);
    assertThat(samme.vote(0.79)).isPositive();
    assertThat(samme.vote(0.81)).isNegative();
  }

  @Test
  void withoutErrorAVoteIsOne() {
    Samme samme = new Samme(new double[] {1, 1, 1, 1}, 2);
    assertThat(samme.vote(0)).isEqualTo(1);
  }
}
