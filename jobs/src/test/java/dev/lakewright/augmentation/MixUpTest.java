package dev.lakewright.augmentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.AugmentationConfig.Partners;
import dev.lakewright.config.AugmentationConfig.Target;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Mixtures of rows that each have a column of their own, so that shares can be read off. */
class MixUpTest {

  private static final List<String> CLASSES = List.of("large", "small");

  private static AugmentationConfig config(double mixUp, double alpha, Partners partners) {
    return new AugmentationConfig(
        0, 0, 0, 0, 0, 0, Target.MAJORITY, Map.of(), mixUp, alpha, partners, 7);
  }

  private static RowMatrix rows(int large, int small) {
    RowMatrix rows = new RowMatrix(large + small);
    SparseVector vector = new SparseVector();
    for (int i = 0; i < large + small; i++) {
      vector.clear();
      vector.add(i, 1);
      rows.add(vector, i < large ? 0 : 1, 1 + i % 2);
    }
    return rows;
  }

  @Test
  void withoutMixUpTheRowsAreTheSameObject() {
    RowMatrix rows = rows(3, 2);
    assertThat(MixUp.of(AugmentationConfig.OFF, CLASSES, rows)).isSameAs(rows);
  }

  @Property(tries = 50)
  void aMixtureLiesBetweenTwoRowsOfTheClassAndCountsReachTheLargest(
      @ForAll @DoubleRange(min = 0.05, max = 20) double alpha) {
    RowMatrix mixed = MixUp.of(config(5, alpha, Partners.SAME), CLASSES, rows(40, 12));
    assertThat(mixed.classCounts(2)).containsExactly(40, 40);
    SparseVector vector = new SparseVector();
    for (int row = 52; row < mixed.rows(); row++) {
      mixed.read(row, vector);
      assertThat(mixed.label(row)).isEqualTo(1);
      assertThat(vector.size()).isBetween(1, 2);
      float sum = 0;
      float weight = 0;
      for (int i = 0; i < vector.size(); i++) {
        assertThat(vector.indices()[i]).isBetween(40, 51);
        sum += vector.values()[i];
        weight += vector.values()[i] * (1 + vector.indices()[i] % 2);
      }
      assertThat(sum).isCloseTo(1, within(1e-6f));
      assertThat(mixed.weight(row)).isCloseTo(weight, within(1e-5f));
    }
  }

  @Test
  void aMixtureOfTwoClassesCountsForBothByItsShare() {
    RowMatrix mixed = MixUp.of(config(1, 1, Partners.ANY), CLASSES, rows(40, 12));
    SparseVector vector = new SparseVector();
    int pairs = 0;
    for (int row = 52; row < mixed.rows(); row++) {
      mixed.read(row, vector);
      boolean crossed = vector.indices()[0] < 40;
      if (crossed && mixed.label(row) == 0) {
        double ofLarge = mixed.weight(row - 1) + mixed.weight(row);
        assertThat(mixed.label(row - 1)).isEqualTo(1);
        assertThat(mixed.weight(row) / ofLarge).isCloseTo(vector.values()[0], within(1e-5));
        pairs++;
      }
    }
    assertThat(pairs).isGreaterThan(4);
  }

  @Test
  void aRowThatIsAloneIsItsOwnPartner() {
    RowMatrix mixed = MixUp.of(config(2, 0.2, Partners.SAME), CLASSES, rows(4, 1));
    SparseVector vector = new SparseVector();
    mixed.read(mixed.rows() - 1, vector);
    assertThat(mixed.classCounts(2)).containsExactly(4, 3);
    assertThat(vector.size()).isEqualTo(1);
    assertThat(vector.values()[0]).isCloseTo(1, within(1e-6f));
  }

  @Test
  void sharesFollowTheBetaDistribution() {
    RowMatrix mixed = MixUp.of(config(100, 0.5, Partners.SAME), CLASSES, rows(4000, 40));
    SparseVector vector = new SparseVector();
    double squares = 0;
    for (int row = 4040; row < mixed.rows(); row++) {
      mixed.read(row, vector);
      double off = vector.values()[0] - 0.5;
      squares += off * off;
    }
    // the variance of Beta(a, a) is 1 / (4 (2a + 1))
    assertThat(squares / (mixed.rows() - 4040)).isCloseTo(0.125, within(0.005));
  }
}
