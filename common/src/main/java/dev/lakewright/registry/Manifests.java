package dev.lakewright.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Manifests and alias moves as JSON. */
final class Manifests {

  private static final String FORMAT = "lakewright-version";
  private static final int FORMAT_VERSION = 1;

  /** What to do about a damaged manifest. */
  static final String CURE = "restore the file from a copy, or remove the version's folder";

  private static final String MOVE_CURE =
      "restore the file from a copy, or, if it is the last of its folder, remove it and promote again";

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

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

  /**
   * The manifest of a version.
   *
   * @throws StorageException when it is another's, or no manifest that was ever published
   */
  static ModelVersion version(String path, String name, int number, byte[] content) {
    JsonNode json = parse(path, content, CURE);
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
    ModelVersion version =
        new ModelVersion(
            json.path("name").asText(),
            json.path("version").asInt(),
            json.path("attempt").asText(),
            json.path("created_at").asText(),
            json.path("created_by").asText(),
            files,
            json.path("checksum").asText(),
            json.path("facts"));
    requireSound(path, name, number, version);
    return version;
  }

  private static void requireSound(String path, String name, int number, ModelVersion version) {
    if (!version.name().equals(name) || version.number() != number) {
      throw damaged(
          path,
          "it is that of version %d of '%s'".formatted(version.number(), version.name()),
          CURE);
    }
    Stream.concat(Stream.of(version.attempt()), version.files().keySet().stream())
        .filter(step -> !step.matches(Registry.NAME))
        .findFirst()
        .ifPresent(
            step -> {
              // it could lead out of the version's folder
              throw damaged(path, "'%s' is no file name".formatted(step), CURE);
            });
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

  /**
   * A move of an alias.
   *
   * @throws StorageException when it lacks something that every move has
   */
  static AliasMove move(String path, byte[] content) {
    JsonNode json = parse(path, content, MOVE_CURE);
    return new AliasMove(
        number(path, json, "version", 1),
        number(path, json, "previous", 0),
        text(path, json, "at"),
        text(path, json, "by"),
        text(path, json, "reason"));
  }

  private static int number(String path, JsonNode json, String field, int least) {
    JsonNode value = json.path(field);
    if (value.isInt() && value.intValue() >= least) {
      return value.intValue();
    }
    throw unreadable(path, field, value, "a whole number from " + least);
  }

  private static String text(String path, JsonNode json, String field) {
    JsonNode value = json.path(field);
    if (value.isTextual()) {
      return value.textValue();
    }
    throw unreadable(path, field, value, "text");
  }

  private static StorageException unreadable(
      String path, String field, JsonNode value, String expected) {
    return damaged(
        path,
        value.isMissingNode()
            ? "it has no '%s'".formatted(field)
            : "its '%s' is %s, not %s".formatted(field, value, expected),
        MOVE_CURE);
  }

  static byte[] removal(String at, String by) {
    return bytes(JSON.createObjectNode().put("at", at).put("by", by));
  }

  static StorageException damaged(String path, String finding, String cure) {
    return new StorageException("%s is damaged: %s; %s".formatted(path, finding, cure));
  }

  private static JsonNode parse(String path, byte[] content, String cure) {
    try {
      JsonNode json = JSON.readTree(content);
      if (json.isObject()) {
        return json;
      }
      throw damaged(path, "it is no JSON object", cure);
    } catch (IOException e) {
      throw damaged(path, "it is no JSON", cure);
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
