package dev.lakewright.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A classifier as files: {@code model.json}, for people too, and {@code weights.safetensors}. Equal
 * classifiers give equal bytes: nothing in them tells time or place of the writing.
 */
public final class ClassifierStorage {

  /** Names of the files, in the order they are written. */
  public static final List<String> FILES = List.of("model.json", "weights.safetensors");

  private static final String FORMAT = "lakewright-model";
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private ClassifierStorage() {}

  /** File name to content. */
  public static Map<String, byte[]> write(Classifier classifier) {
    SafeTensors tensors = new SafeTensors(FILES.get(1));
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("format_version", FORMAT_VERSION);
    classifier.labels().forEach(json.putArray("labels")::add);
    json.set("featurizer", FeaturizerStorage.write(classifier.featurizer(), tensors));
    json.set("scorer", write(classifier.scorer(), tensors));
    json.set("calibration", classifier.calibration().toJson());
    json.set("thresholds", classifier.thresholds().toJson());
    ObjectNode terms = json.putObject("terms");
    new TreeMap<>(classifier.terms()).forEach((at, term) -> terms.put(at.toString(), term));
    json.set("provenance", classifier.provenance());
    byte[] weights = tensors.toBytes();
    json.put("weights_sha256", sha256(weights));
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(FILES.get(0), bytes(json));
    files.put(FILES.get(1), weights);
    return files;
  }

  private static ObjectNode write(Scorer scorer, SafeTensors tensors) {
    LinearScorer linear = (LinearScorer) scorer;
    tensors.put("scorer.weights", linear.weights());
    tensors.put("scorer.intercepts", linear.intercepts());
    return JSON.createObjectNode().put("type", "linear");
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws StorageException naming the file that is damaged or of an unknown format
   */
  public static Classifier read(Map<String, byte[]> files) {
    String name = FILES.get(0);
    JsonNode json = parse(name, files.get(name));
    requireFormat(name, json);
    byte[] weights = files.get(FILES.get(1));
    SafeTensors tensors = SafeTensors.read(FILES.get(1), weights);
    if (!sha256(weights).equals(json.path("weights_sha256").asText())) {
      throw tensors.damaged(
          "its SHA-256 is " + sha256(weights) + ", not " + json.path("weights_sha256").asText());
    }
    try {
      return classifier(json, tensors);
    } catch (IllegalArgumentException e) {
      throw new StorageException(name + " is damaged: " + e.getMessage(), e);
    }
  }

  private static Classifier classifier(JsonNode json, SafeTensors tensors) {
    List<String> labels = json.path("labels").valueStream().map(JsonNode::asText).toList();
    if (labels.size() < 2) {
      throw new IllegalArgumentException("it has " + labels.size() + " labels");
    }
    Featurizer featurizer = FeaturizerStorage.read(json.path("featurizer"), tensors);
    String type = json.path("scorer").path("type").asText();
    if (!type.equals("linear")) {
      throw new IllegalArgumentException("its scorer is of the unknown type '" + type + "'");
    }
    Scorer scorer =
        new LinearScorer(
            featurizer.size(),
            labels.size(),
            tensors.floats("scorer.weights"),
            tensors.doubles("scorer.intercepts"));
    Map<Integer, String> terms = new TreeMap<>();
    json.path("terms")
        .properties()
        .forEach(entry -> terms.put(Integer.valueOf(entry.getKey()), entry.getValue().asText()));
    return new Classifier(
        labels,
        featurizer,
        scorer,
        Calibration.fromJson(json.path("calibration")),
        Thresholds.fromJson(json.path("thresholds"), labels.size()),
        terms,
        json.path("provenance"));
  }

  private static void requireFormat(String name, JsonNode json) {
    String format = json.path("format").asText();
    int version = json.path("format_version").asInt();
    if (!format.equals(FORMAT)) {
      throw new StorageException(
          "%s is no Lakewright model: its format is '%s'".formatted(name, format));
    }
    if (version != FORMAT_VERSION) {
      throw new StorageException(
          "%s has format version %d, this program reads %d; use the Lakewright that wrote it or a newer one"
              .formatted(name, version, FORMAT_VERSION));
    }
  }

  private static JsonNode parse(String name, byte[] content) {
    try {
      return JSON.readTree(content);
    } catch (IOException e) {
      throw new StorageException(
          name + " is damaged: it is no JSON; restore the file or roll back to another version", e);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is JSON", e);
    }
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
