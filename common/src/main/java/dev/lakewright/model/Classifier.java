package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.errors.DataException;
import dev.lakewright.errors.StorageException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained model: from a record to a label and the probability of every class. Whoever scores (a
 * Spark job, a server, an explainer) calls this code, so that a score differs nowhere. Immutable
 * and thread-safe; {@link Session} is what each thread has of its own.
 *
 * @param labels the classes, all different; margins and probabilities are in this order
 * @param featurizer makes features of a record
 * @param scorer makes margins of features
 * @param calibration makes probabilities of margins
 * @param thresholds makes a label of probabilities
 * @param terms names of hashed features whose terms are known, for people only
 * @param provenance where the model came from, kept as it is
 */
public record Classifier(
    List<String> labels,
    Featurizer featurizer,
    Scorer scorer,
    Calibration calibration,
    Thresholds thresholds,
    Map<Integer, String> terms,
    JsonNode provenance) {

  /**
   * Puts the parts together.
   *
   * @throws IllegalArgumentException when they do not fit
   */
  public Classifier {
    labels = List.copyOf(labels);
    terms = Map.copyOf(terms);
    provenance = provenance.deepCopy();
    Parts.requireFit(labels, featurizer, scorer, calibration, thresholds, terms);
  }

  /**
   * Reads a model from its files.
   *
   * @param directory holds {@code model.json} and {@code weights.safetensors}
   * @throws StorageException when a file is missing or damaged, or of another format version
   */
  public static Classifier load(Path directory) {
    return ClassifierStorage.load(directory);
  }

  @Override
  public JsonNode provenance() {
    return provenance.deepCopy();
  }

  /** The columns it reads. */
  public RecordSchema schema() {
    return featurizer.schema();
  }

  /** What people read for a feature: the name given for it, or the featurizer's. */
  public String describe(int feature) {
    String name = terms.get(feature);
    return name == null ? featurizer.describe(feature) : name;
  }

  /**
   * The record that a map of column names to values holds, as parsed JSON has them: strings for
   * text; numbers for numeric; strings, whole numbers or booleans for categorical columns. Absent
   * and null values are missing; other columns are ignored.
   *
   * @throws DataException when a value has the wrong type or a number is not finite
   */
  public FeatureRecord features(Map<String, ?> values) {
    return new RecordMapper(schema()).read(values);
  }

  /** A session for one thread; make it once and keep it. */
  public Session newSession() {
    return new Session(this);
  }

  /**
   * Classifies one record, as {@link #features} reads it; for many, keep a {@link Session}.
   *
   * @throws DataException when a value has the wrong type or a number is not finite
   */
  public Prediction classify(Map<String, ?> values) {
    return newSession().classify(values);
  }

  /** One thread's buffers. Not thread-safe. */
  public static final class Session {

    private final Classifier classifier;
    private final FeatureCounter counter;
    private final FeatureCounts counts;
    private final SparseVector vector = new SparseVector();
    private final double[] margins;
    private final RecordMapper mapper;

    private Session(Classifier classifier) {
      this.classifier = classifier;
      this.counter = classifier.featurizer.newCounter();
      this.counts = counter.newCounts();
      this.margins = new double[classifier.labels.size()];
      this.mapper = new RecordMapper(classifier.schema());
    }

    /**
     * Computes the raw scores of a record.
     *
     * @param out one margin per class; {@code [0, m]} for two classes
     */
    public void margins(FeatureRecord record, double[] out) {
      counter.count(record, counts);
      classifier.featurizer.weigh(counts, vector);
      classifier.scorer.score(vector, out);
    }

    /**
     * Computes the probabilities of a record, and the label decided by them.
     *
     * @param probabilities out, one per class
     * @return place of the predicted class among {@link Classifier#labels()}
     */
    public int predict(FeatureRecord record, double[] probabilities) {
      margins(record, margins);
      classifier.calibration.apply(margins, probabilities);
      return classifier.thresholds.decide(probabilities);
    }

    /**
     * Classifies a record, as {@link Classifier#features} reads it.
     *
     * @throws DataException when a value has the wrong type or a number is not finite
     */
    public Prediction classify(Map<String, ?> values) {
      double[] probabilities = new double[margins.length];
      int predicted = predict(mapper.read(values), probabilities);
      Map<String, Double> byLabel = new LinkedHashMap<>();
      for (int k = 0; k < probabilities.length; k++) {
        byLabel.put(classifier.labels.get(k), probabilities[k]);
      }
      return new Prediction(classifier.labels.get(predicted), byLabel);
    }
  }
}
