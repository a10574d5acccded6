package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.errors.DataException;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained model: featurizer, scorer, calibration, thresholds and labels. Immutable and safe for
 * use by several threads, each with its own {@link Session}.
 *
 * @param terms what hashed features most often stand for, by feature index; for reports only
 * @param provenance where the model came from, as the trainer wrote it
 */
public record Classifier(
    List<String> labels,
    Featurizer featurizer,
    Scorer scorer,
    Calibration calibration,
    Thresholds thresholds,
    Map<Integer, String> terms,
    JsonNode provenance) {

  public Classifier {
    labels = List.copyOf(labels);
    terms = Map.copyOf(terms);
    if (labels.size() != scorer.classes()) {
      throw new IllegalArgumentException(
          labels.size() + " labels for a scorer of " + scorer.classes() + " classes");
    }
  }

  /**
   * Reads a model from a local folder that holds {@code model.json} and {@code
   * weights.safetensors}.
   *
   * @throws StorageException when a file is missing or damaged
   */
  public static Classifier load(Path folder) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : ClassifierStorage.FILES) {
      try {
        files.put(name, Files.readAllBytes(folder.resolve(name)));
      } catch (IOException e) {
        throw new StorageException(
            "%s cannot be read (%s); name a folder of a model version"
                .formatted(folder.resolve(name), e.getClass().getSimpleName()),
            e);
      }
    }
    return ClassifierStorage.read(files);
  }

  /** The columns that the model reads. */
  public RecordSchema schema() {
    return featurizer.schema();
  }

  /** A new session for one thread. */
  public Session newSession() {
    return new Session();
  }

  /** What a feature stands for: its most frequent term where known. */
  public String describe(int feature) {
    String term = terms.get(feature);
    return term == null ? featurizer.describe(feature) : term;
  }

  /**
   * Classifies one record; for many, use a session.
   *
   * @param record column to text, number, boolean or null; absent columns are missing values
   * @throws DataException for a value of a type that does not fit its column
   */
  public Prediction classify(Map<String, ?> record) {
    double[] probabilities = new double[labels.size()];
    int label = newSession().predict(features(record), probabilities);
    Map<String, Double> byLabel = new LinkedHashMap<>();
    for (int k = 0; k < probabilities.length; k++) {
      byLabel.put(labels.get(k), probabilities[k]);
    }
    return new Prediction(labels.get(label), byLabel);
  }

  /** A record of the model's columns from a map. */
  public FeatureRecord features(Map<String, ?> record) {
    RecordSchema schema = schema();
    String[] texts =
        schema.text().stream().map(name -> text(name, record.get(name))).toArray(String[]::new);
    double[] numbers =
        schema.numeric().stream().mapToDouble(name -> number(name, record.get(name))).toArray();
    String[] categories =
        schema.categorical().stream()
            .map(name -> record.get(name) == null ? null : text(name, record.get(name)))
            .toArray(String[]::new);
    return new FeatureRecord(texts, numbers, categories);
  }

  private static String text(String column, Object value) {
    if (value == null) {
      return "";
    }
    if (value instanceof CharSequence || value instanceof Number || value instanceof Boolean) {
      return value.toString();
    }
    throw new DataException("column %s must be text, not %s".formatted(column, kind(value)));
  }

  private static double number(String column, Object value) {
    if (value == null) {
      return Double.NaN;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw new DataException("column %s must be a finite number, not %s".formatted(column, value));
  }

  private static String kind(Object value) {
    return value instanceof List
        ? "a list"
        : value instanceof Map ? "an object" : value.getClass().getSimpleName();
  }

  /** Scores records one after the other in its own buffers. Not for several threads at once. */
  public final class Session {

    private final FeatureCounter counter = featurizer.newCounter();
    private final FeatureCounts counts = counter.newCounts();
    private final SparseVector vector = new SparseVector();
    private final double[] margins = new double[labels.size()];

    private Session() {}

    /**
     * Raw scores.
     *
     * @param out one per label
     */
    public void margins(FeatureRecord record, double[] out) {
      counter.count(record, counts);
      featurizer.weigh(counts, vector);
      scorer.score(vector, out);
    }

    /**
     * Probabilities and the chosen label.
     *
     * @param probabilities out: one per label
     * @return index of the label
     */
    public int predict(FeatureRecord record, double[] probabilities) {
      margins(record, margins);
      calibration.apply(margins, probabilities);
      return thresholds.decide(probabilities);
    }
  }
}
