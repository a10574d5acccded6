package dev.lakewright.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lakewright.errors.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Configurations from YAML text; messages name the file {@code train.yaml}, without its folder. */
record YamlFixture(Path folder, Map<String, String> environment) {

  YamlFixture(Path folder) {
    this(folder, Map.of());
  }

  ConfigDocument document(String yaml, String... sets) {
    return document(LakewrightConfig.class, yaml, sets);
  }

  ConfigDocument document(Class<? extends Record> type, String yaml, String... sets) {
    return ConfigDocument.load(type, Optional.of(file(yaml)), List.of(sets), environment);
  }

  LakewrightConfig config(String yaml, String... sets) {
    return document(yaml, sets).bind(LakewrightConfig.class);
  }

  /** The message of the refusal to load or bind. */
  String problem(String yaml, String... sets) {
    return problem(LakewrightConfig.class, yaml, sets);
  }

  String problem(Class<? extends Record> type, String yaml, String... sets) {
    return refusal(() -> document(type, yaml, sets).bind(type)).replace(folder + "/", "");
  }

  static String refusal(ThrowingCallable call) {
    return catchThrowableOfType(ConfigException.class, call).getMessage();
  }

  /** JSON, which is YAML too; escaped, since the YAML parser folds U+0085 in quotes. */
  static String json(Object value) {
    try {
      return JsonMapper.builder()
          .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
          .build()
          .writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file(String yaml) {
    try {
      return Files.writeString(folder.resolve("train.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
