package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Models of released formats load, and score as they did when they were written. */
class GoldenModelTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "format-1/binary",
        "format-1/ternary",
        "format-1/corrected",
        "format-1/bagged",
        "format-1/boosted"
      })
  void scoresTheSameBitsAsWhenItWasWritten(String model) throws IOException, URISyntaxException {
    Path directory = Path.of(GoldenModelTest.class.getResource("/models/" + model).toURI());

    assertThat(SampleModels.scores(Classifier.load(directory)))
        .isEqualTo(Files.readAllLines(directory.resolve("scores.txt")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"format-1/binary", "format-1/ternary", "format-1/bagged", "format-1/boosted"})
  void isWrittenAgainWithTheSameWeights(String model) throws IOException, URISyntaxException {
    Path directory = Path.of(GoldenModelTest.class.getResource("/models/" + model).toURI());
    Map<String, byte[]> again = ClassifierStorage.write(Classifier.load(directory));

    assertThat(again.get("weights.safetensors"))
        .isEqualTo(Files.readAllBytes(directory.resolve("weights.safetensors")));
    assertThat(tree(again.get("model.json")))
        .isEqualTo(tree(Files.readAllBytes(directory.resolve("model.json"))));
  }

  /** All but the versions of libraries, and so the checksum. */
  private static ObjectNode tree(byte[] json) {
    return ModelJson.parse("model.json", json).without(List.of("libraries", "checksum"));
  }
}
