package dev.lakewright.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the folder conf. */
class ConfFilesTest {

  static final Path CONF = Path.of(System.getProperty("lakewright.root")).resolve("conf");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFileBinds(Path file) {
    assertThat(load(file).bind(LakewrightConfig.class)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyFilePointsEditorsToTheSchema(Path file) throws IOException {
    assertThat(Files.readAllLines(file).get(0))
        .isEqualTo("# yaml-language-server: $schema=lakewright.schema.json");
  }

  @Test
  void theQuickstartNamesEveryFolderOfTheCorpus() {
    assertThat(load(CONF.resolve("quickstart.yaml")).bind(LakewrightConfig.class).ingest().labels())
        .containsExactly(
            Map.entry("easy-ham-1", "ham"),
            Map.entry("easy-ham-2", "ham"),
            Map.entry("hard-ham-1", "ham"),
            Map.entry("spam-1", "spam"),
            Map.entry("spam-2", "spam"));
  }

  private static ConfigDocument load(Path file) {
    return ConfigDocument.load(Optional.of(file), List.of(), Map.of());
  }
}
