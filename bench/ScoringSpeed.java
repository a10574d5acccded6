import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.FeatureRecord;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** Median texts per second of one thread over seven rounds, after warming up; run by score.py. */
public final class ScoringSpeed {
  public static void main(String[] arguments) throws Exception {
    Classifier classifier = Classifier.load(Path.of(arguments[0]));
    List<FeatureRecord> records = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(Path.of(arguments[1]))),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Map<?, ?> fields = json.readValue(line, Map.class);
        records.add(classifier.features(Map.of("text", fields.get("text"))));
      }
    }
    Classifier.Session session = classifier.newSession();
    double[] probabilities = new double[classifier.labels().size()];
    double[] speeds = new double[10];
    long predictions = 0;
    for (int round = 0; round < speeds.length; round++) {
      long started = System.nanoTime();
      for (FeatureRecord record : records) {
        predictions += session.predict(record, probabilities);
      }
      speeds[round] = records.size() / ((System.nanoTime() - started) / 1e9);
    }
    double[] warm = Arrays.copyOfRange(speeds, 3, speeds.length);
    Arrays.sort(warm);
    System.out.println(
        json.writeValueAsString(
            Map.of(
                "texts_per_second", Math.round(warm[warm.length / 2]),
                "classes", classifier.labels().size(),
                "sum_of_predictions", predictions)));
  }
}
