package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.linear.LinearProblem;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EffortTest {

  private static final LinearProblem PROBLEM =
      LinearProblem.logistic(0.01, 0.002, true, 50, 1e-6, new double[] {1, 1});

  @Test
  void aShareOfTheRowsIsPenalizedAsMuchMore() {
    LinearProblem limited = new FoldTask.Effort(0.25, 0.25, 1, 0).limit(PROBLEM);
    assertThat(limited.l2()).isEqualTo(0.04);
    assertThat(limited.l1()).isEqualTo(0.008);
    assertThat(limited.maxPasses()).isEqualTo(50);
  }

  @Test
  void aShareOfThePassesChangesNoPenalty() {
    LinearProblem limited = new FoldTask.Effort(0.25, 1, 0.25, 0).limit(PROBLEM);
    assertThat(limited.l2()).isEqualTo(0.01);
    assertThat(limited.maxPasses()).isEqualTo(13);
  }

  @Test
  void fewerRowsArePartOfMore() {
    FoldTask.Effort less = new FoldTask.Effort(0.25, 0.25, 1, 0);
    FoldTask.Effort more = new FoldTask.Effort(0.5, 0.5, 1, 0);
    long[] keys = LongStream.generate(new Random(1)::nextLong).limit(10_000).toArray();
    assertThat(LongStream.of(keys).filter(less::trains).allMatch(more::trains)).isTrue();
    assertThat((double) LongStream.of(keys).filter(less::trains).count())
        .isCloseTo(2500, within(150.0));
  }
}
