package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolution.Outcome;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A model that cannot score is a failed trial, which says why. */
class FoldTaskTest {

  /** A task tells where it ran, which takes Spark. */
  @BeforeAll
  static void startSpark() {
    SparkForTests.session();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DIVERGED   | 0   | the loss on fold 1 is not a finite number; scale the numeric features",
        "CONVERGED  | NaN | the weights diverged on fold 1; choose a stronger penalty (learner.l2)",
        "TIME_LIMIT | 0   | fold 1 was not trained within tune.trial_seconds: 5.0; allow more"
      })
  void theFailureNamesTheFoldTheCauseAndTheCure(Outcome outcome, float weight, String words) {
    LinearSolution solution =
        new LinearSolution(new float[] {weight}, new double[1], new double[1], 1, outcome);
    FoldTask.Result result =
        FoldTask.result(
            0,
            1,
            TrainedModel.of(solution),
            new FoldTask.Effort(1, 1, 1, 5),
            0.5,
            () -> {
              throw new AssertionError("there is nothing to score with");
            },
            List.of("a", "b"),
            new double[2]);
    assertThat(result.outcome().failure()).startsWith(words);
    assertThat(result.outcome().metrics()).isEmpty();
    assertThat(result.scores()).isEmpty();
  }
}
