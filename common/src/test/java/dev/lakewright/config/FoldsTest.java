package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which rows train where a fold is held out. */
class FoldsTest {

  private static List<Integer> training(Folds folds, int without) {
    return IntStream.range(0, folds.parts())
        .filter(part -> folds.train(part, without))
        .boxed()
        .toList();
  }

  @Test
  void allOtherFoldsTrain() {
    Folds folds = new Folds(3, false);
    assertThat(training(folds, 0)).containsExactly(1, 2);
    assertThat(training(folds, 2)).containsExactly(0, 1);
    assertThat(training(folds, -1)).containsExactly(0, 1, 2);
  }

  @Test
  void inTimeOnlyEarlierFoldsTrainAndTheOldestRows() {
    Folds folds = new Folds(3, true);
    int oldest = 3;
    assertThat(training(folds, 0)).containsExactly(oldest);
    assertThat(training(folds, 1)).containsExactly(0, oldest);
    assertThat(training(folds, 2)).containsExactly(0, 1, oldest);
    assertThat(training(folds, -1)).containsExactly(0, 1, 2, oldest);
  }
}
