package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.config.FeaturesConfig;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.zip.GZIPInputStream;

/**
 * Texts per second and core through {@link Classifier} in a plain JVM: words 1-2 and characters 3-5
 * in 2^18 buckets each, 20 classes, weights at random.
 *
 * <p>Run with the test class path: {@code java -cp ... dev.lakewright.model.ScoringBenchmark
 * TEXTS.jsonl.gz}, where each line is an object with a {@code text}. Prints one line per round; the
 * first ones are the JIT compiler's.
 */
final class ScoringBenchmark {

  private static final int CLASSES = 20;
  private static final int ROUNDS = 8;

  private ScoringBenchmark() {}

  public static void main(String[] arguments) throws IOException {
    List<FeatureRecord> rows = read(Path.of(arguments[0]));
    FeaturesConfig config =
        Configs.features(
            Optional.of(Configs.hashed(1, 2, 18)), Optional.of(Configs.hashed(3, 5, 18)));
    RecordSchema schema = new RecordSchema(List.of("text"), List.of(), List.of());
    Classifier.Session session = classifier(Fitting.fit(config, schema, rows)).newSession();
    for (int round = 1; round <= ROUNDS; round++) {
      measure(session, rows, round);
    }
  }

  private static void measure(Classifier.Session session, List<FeatureRecord> rows, int round) {
    double[] probabilities = new double[CLASSES];
    long started = System.nanoTime();
    long checksum = 0;
    for (FeatureRecord row : rows) {
      checksum = checksum * 31 + session.predict(row, probabilities);
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    System.out.printf(
        "round %d: %d texts, %.0f texts/s, checksum %x%n",
        round, rows.size(), rows.size() / seconds, checksum);
  }

  private static Classifier classifier(Featurizer featurizer) {
    SplittableRandom random = new SplittableRandom(7);
    float[] weights = new float[featurizer.size() * CLASSES];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) random.nextDouble(-1, 1);
    }
    List<String> labels = new ArrayList<>();
    for (int k = 0; k < CLASSES; k++) {
      labels.add("class " + k);
    }
    return new Classifier(
        labels,
        featurizer,
        new LinearScorer(featurizer.size(), CLASSES, weights, new double[CLASSES]),
        new Calibration.Temperature(1.5),
        new Thresholds.MostProbable(),
        Map.of(),
        JsonNodeFactory.instance.objectNode());
  }

  private static List<FeatureRecord> read(Path file) throws IOException {
    List<FeatureRecord> rows = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode row = ModelJson.MAPPER.readTree(line);
        rows.add(Fitting.text(row.required("text").asText()));
      }
    }
    return rows;
  }
}
