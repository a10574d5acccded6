package dev.lakewright.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A place where two versions differ.
 *
 * @param path keys from the root of {@code model.json}, with dots
 * @param left value as JSON; {@code -} where there is none
 */
public record ModelDifference(String path, String left, String right) {

  private static final String NONE = "-";

  /** Differences of origin, settings, metrics, calibration and thresholds, by path. */
  public static List<ModelDifference> between(
      Registry registry, ModelVersion left, ModelVersion right) {
    Map<String, String> leftValues = flatten(registry, left);
    Map<String, String> rightValues = flatten(registry, right);
    TreeSet<String> paths = new TreeSet<>(leftValues.keySet());
    paths.addAll(rightValues.keySet());
    List<ModelDifference> differences = new ArrayList<>();
    for (String path : paths) {
      String one = leftValues.getOrDefault(path, NONE);
      String other = rightValues.getOrDefault(path, NONE);
      if (!one.equals(other)) {
        differences.add(new ModelDifference(path, one, other));
      }
    }
    return differences;
  }

  private static Map<String, String> flatten(Registry registry, ModelVersion version) {
    Map<String, String> values = new TreeMap<>();
    try {
      JsonNode json = new ObjectMapper().readTree(registry.read(version, "model.json"));
      for (String part : List.of("labels", "calibration", "thresholds", "provenance")) {
        flatten(part, json.path(part), values);
      }
    } catch (IOException e) {
      throw new StorageException(version.path("model.json") + " is damaged: it is no JSON", e);
    }
    return values;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> values) {
    if (node.isObject()) {
      node.properties().forEach(e -> flatten(path + "." + e.getKey(), e.getValue(), values));
    } else {
      values.put(path, node.toString());
    }
  }
}
