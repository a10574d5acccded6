package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Prediction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The program of {@link PlainJvm}. */
public final class PlainScoring {

  private PlainScoring() {}

  public static void main(String[] arguments) throws IOException {
    ObjectMapper json = new ObjectMapper();
    Classifier classifier = Classifier.load(Path.of(arguments[0]));
    StringBuilder out = new StringBuilder();
    for (String line : Files.readAllLines(Path.of(arguments[1]))) {
      Map<?, ?> fields = json.readValue(line, Map.class);
      @SuppressWarnings("unchecked")
      Prediction prediction = classifier.classify((Map<String, ?>) fields);
      out.append(
              json.writeValueAsString(
                  Map.of("id", fields.get("id"), "probabilities", prediction.probabilities())))
          .append('\n');
    }
    System.out.write(out.toString().getBytes(StandardCharsets.UTF_8));
    System.out.flush();
  }
}
