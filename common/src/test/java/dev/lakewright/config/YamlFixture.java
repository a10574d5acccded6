package dev.lakewright.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lakewright.errors.ConfigException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    ConfigException refusal =
        catchThrowableOfType(ConfigException.class, () -> document(type, yaml, sets).bind(type));
    return refusal.getMessage().replace(folder + "/", "");
  }

  private Path file(String yaml) {
    try {
      return Files.writeString(folder.resolve("train.yaml"), yaml);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
