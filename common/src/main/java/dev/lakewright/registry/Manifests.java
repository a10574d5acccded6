package dev.lakewright.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/** Manifests and alias moves as JSON. */
final class Manifests {

  private static final String FORMAT = "lakewright-version";
  private static final int FORMAT_VERSION = 1;
  private static final ObjectMapper JSON = new ObjectMapper();

  private Manifests() {}

  static byte[] toJson(ModelVersion version) {
    ObjectNode json = JSON.createObjectNode();
    json.put("format", FORMAT);
    json.put("format_version", FORMAT_VERSION);
    json.put("name", version.name());
    json.put("version", version.number());
    json.put("attempt", version.attempt());
    json.put("created_at", version.createdAt());
    json.put("created_by", version.createdBy());
    json.put("checksum", version.checksum());
    ObjectNode files = json.putObject("files");
    new TreeMap<>(version.files())
        .forEach(
            (name, file) ->
                files.putObject(name).put("sha256", file.sha256()).put("bytes", file.bytes()));
    json.set("facts", version.facts());
    return bytes(json);
  }

  static ModelVersion version(String path, byte[] content) {
    JsonNode json = parse(path, content);
    if (!json.path("format").asText().equals(FORMAT)
        || json.path("format_version").asInt() != FORMAT_VERSION) {
      throw new StorageException(
          "%s has format '%s' version %s, this program reads %s version %d"
              .formatted(
                  path,
                  json.path("format").asText(),
                  json.path("format_version").asText(),
                  FORMAT,
                  FORMAT_VERSION));
    }
    Map<String, ModelFile> files = new TreeMap<>();
    json.path("files")
        .properties()
        .forEach(
            entry ->
                files.put(
                    entry.getKey(),
                    new ModelFile(
                        entry.getValue().path("sha256").asText(),
                        entry.getValue().path("bytes").asLong())));
    return new ModelVersion(
        json.path("name").asText(),
        json.path("version").asInt(),
        json.path("attempt").asText(),
        json.path("created_at").asText(),
        json.path("created_by").asText(),
        files,
        json.path("checksum").asText(),
        json.path("facts"));
  }

  static byte[] toJson(AliasMove move) {
    return bytes(
        JSON.createObjectNode()
            .put("version", move.version())
            .put("previous", move.previous())
            .put("at", move.at())
            .put("by", move.by())
            .put("reason", move.reason()));
  }

  static AliasMove move(String path, byte[] content) {
    JsonNode json = parse(path, content);
    return new AliasMove(
        json.path("version").asInt(),
        json.path("previous").asInt(),
        json.path("at").asText(),
        json.path("by").asText(),
        json.path("reason").asText());
  }

  static byte[] removal(String at, String by) {
    return bytes(JSON.createObjectNode().put("at", at).put("by", by));
  }

  private static JsonNode parse(String path, byte[] content) {
    try {
      JsonNode json = JSON.readTree(content);
      if (json.isObject()) {
        return json;
      }
      throw new StorageException(path + " is damaged: it is no JSON object");
    } catch (IOException e) {
      throw new StorageException(path + " is damaged: it is no JSON", e);
    }
  }

  private static byte[] bytes(ObjectNode json) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is JSON", e);
    }
  }
}
