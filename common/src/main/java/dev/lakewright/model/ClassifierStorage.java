package dev.lakewright.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.lucene.util.Version;

/**
 * A classifier's stored form: {@code model.json}, which people can read, and {@code
 * weights.safetensors}, which holds all that was learnt in bulk. Equal classifiers give equal
 * bytes. Both files are checked by SHA-256 when read: {@code model.json} states its own and the
 * other's.
 */
public final class ClassifierStorage {

  private static final String MODEL = "model.json";
  private static final String WEIGHTS = "weights.safetensors";

  /** Names of the files, in the order they are written. */
  public static final List<String> FILES = List.of(MODEL, WEIGHTS);

  private static final String FORMAT = "lakewright-model";
  private static final int FORMAT_VERSION = 1;

  private ClassifierStorage() {}

  /** The files of a classifier: name to content. */
  public static Map<String, byte[]> write(Classifier classifier) {
    byte[] weights = weights(classifier);
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(MODEL, ModelJson.seal(describe(classifier, Sha256.of(weights))));
    files.put(WEIGHTS, weights);
    return files;
  }

  private static byte[] weights(Classifier classifier) {
    SafetensorsWriter out = new SafetensorsWriter();
    FeaturizerTensors.write(classifier.featurizer(), out);
    ScorerTensors.write(classifier.scorer(), out);
    return out.bytes();
  }

  private static ObjectNode describe(Classifier classifier, String weightsSha256) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("format", FORMAT).put("format_version", FORMAT_VERSION);
    classifier.labels().forEach(json.putArray("labels")::add);
    ObjectNode schema = json.putObject("schema");
    classifier.schema().text().forEach(schema.putArray("text")::add);
    classifier.schema().numeric().forEach(schema.putArray("numeric")::add);
    classifier.schema().categorical().forEach(schema.putArray("categorical")::add);
    json.set("features", FeaturesConfigJson.toJson(classifier.featurizer().config()));
    ScorerTensors.describe(classifier.scorer(), json);
    json.set("calibration", classifier.calibration().toJson());
    json.set("thresholds", classifier.thresholds().toJson());
    ObjectNode terms = json.putObject("terms");
    new TreeMap<>(classifier.terms())
        .forEach((feature, name) -> terms.put(feature.toString(), name));
    json.putObject("libraries").put("lucene", Version.LATEST.toString());
    json.set("provenance", classifier.provenance());
    json.putObject("files").put(WEIGHTS, weightsSha256);
    return json;
  }

  /**
   * Reads a classifier from its files in a directory.
   *
   * @throws StorageException when a file is missing, damaged or of another format version
   */
  static Classifier load(Path directory) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    for (String name : FILES) {
      files.put(name, bytes(directory.resolve(name)));
    }
    return read(files);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new StorageException(
          "%s does not exist; give the directory that holds a model's %s and %s"
              .formatted(file, MODEL, WEIGHTS),
          e);
    } catch (IOException e) {
      throw new StorageException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * The reverse of {@link #write}.
   *
   * @throws StorageException when a file is missing, damaged or of another format version
   */
  public static Classifier read(Map<String, byte[]> files) {
    ObjectNode json = ModelJson.parse(MODEL, required(files, MODEL));
    checkFormat(json);
    ModelJson.checkSeal(MODEL, files.get(MODEL));
    byte[] weights = required(files, WEIGHTS);
    ModelJson.checkSha256(WEIGHTS, Sha256.of(weights), json.path("files").path(WEIGHTS).asText());
    try {
      return classifier(json, new SafetensorsReader(WEIGHTS, weights));
    } catch (IllegalArgumentException e) {
      throw ModelJson.damaged(MODEL, "it does not fit together (" + e.getMessage() + ")", e);
    }
  }

  private static byte[] required(Map<String, byte[]> files, String name) {
    byte[] bytes = files.get(name);
    if (bytes == null) {
      throw new StorageException(
          "a model needs the file %s, and there are only %s".formatted(name, files.keySet()));
    }
    return bytes;
  }

  private static void checkFormat(ObjectNode json) {
    String format = json.path("format").asText();
    if (!format.equals(FORMAT)) {
      throw ModelJson.damaged(MODEL, "its format is '%s', not %s".formatted(format, FORMAT));
    }
    int version = json.path("format_version").asInt(-1);
    if (version != FORMAT_VERSION) {
      throw new StorageException(
          ("%s has format_version %s, and this release reads %d; use the release that wrote it, or"
                  + " train again")
              .formatted(MODEL, json.path("format_version"), FORMAT_VERSION));
    }
  }

  private static Classifier classifier(ObjectNode json, SafetensorsReader weights) {
    List<String> labels = strings(json.required("labels"));
    JsonNode columns = json.required("schema");
    RecordSchema schema =
        new RecordSchema(
            strings(columns.required("text")),
            strings(columns.required("numeric")),
            strings(columns.required("categorical")));
    FeaturesConfig config = FeaturesConfigJson.fromJson(json.required("features"));
    Featurizer featurizer = FeaturizerTensors.read(config, schema, weights);
    Scorer scorer = ScorerTensors.read(json, featurizer.size(), labels.size(), weights);
    return new Classifier(
        labels,
        featurizer,
        scorer,
        Calibration.fromJson(json.required("calibration")),
        Thresholds.fromJson(json.required("thresholds")),
        terms(json.required("terms")),
        json.required("provenance"));
  }

  private static Map<Integer, String> terms(JsonNode json) {
    Map<Integer, String> terms = new TreeMap<>();
    json.properties()
        .forEach(entry -> terms.put(Integer.valueOf(entry.getKey()), entry.getValue().asText()));
    return terms;
  }

  private static List<String> strings(JsonNode array) {
    List<String> strings = new ArrayList<>();
    array.forEach(element -> strings.add(element.asText()));
    return strings;
  }
}
