package dev.lakewright.jobs;

import dev.lakewright.config.ConfigDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The quickstart's own configuration, which the jar carries. */
final class QuickstartSettings {

  private QuickstartSettings() {}

  static ConfigDocument defaults() {
    try (InputStream in = QuickstartSettings.class.getResourceAsStream("/quickstart.yaml")) {
      String yaml = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigDocument.parse("conf/quickstart.yaml", yaml, Map.of());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
