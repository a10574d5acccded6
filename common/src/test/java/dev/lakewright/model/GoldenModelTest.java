package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of released formats load, and score as they did when they were written. */
class GoldenModelTest {

  @ParameterizedTest
  @ValueSource(strings = {"format-1/binary", "format-1/ternary", "format-1/corrected"})
  void scoresTheSameBitsAsWhenItWasWritten(String model) throws IOException, URISyntaxException {
    Path directory = Path.of(GoldenModelTest.class.getResource("/models/" + model).toURI());

    assertThat(SampleModels.scores(Classifier.load(directory)))
        .isEqualTo(Files.readAllLines(directory.resolve("scores.txt")));
  }
}
