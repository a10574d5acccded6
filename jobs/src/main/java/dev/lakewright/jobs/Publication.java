package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.report.TrainingFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What jobs that publish a model have in common. */
final class Publication {

  private static final String REPORT = "report.html";

  private Publication() {}

  /** Publishes a version with its report; no alias moves. */
  static ModelVersion publish(
      Registry registry,
      String name,
      Challenger challenger,
      ObjectNode facts,
      String status,
      List<TrainingFacts.Gate> gates) {
    Map<String, byte[]> model = challenger.files();
    return registry.publish(
        name,
        number -> {
          Map<String, byte[]> files = new LinkedHashMap<>(model);
          String html = challenger.report(number, status, gates);
          files.put(REPORT, html.getBytes(StandardCharsets.UTF_8));
          return files;
        },
        facts);
  }

  /** What a result tells of a version. */
  static Map<String, Object> fields(Registry registry, ModelVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", version.name());
    fields.put("version", version.number());
    fields.put("checksum", version.checksum());
    fields.put("path", registry.root() + "/" + version.path("").replaceAll("/$", ""));
    fields.put("report", registry.root() + "/" + version.path(REPORT));
    if (version.facts().has("thresholds")) {
      fields.put("thresholds", version.facts().path("thresholds"));
    }
    JsonNode test = version.facts().path("test");
    if (test.isObject()) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      test.path("metrics").properties().forEach(e -> metrics.put(e.getKey(), e.getValue()));
      metrics.put("per_class", test.path("per_class"));
      fields.put("metrics", metrics);
      fields.put("intervals", test.path("intervals"));
    }
    return fields;
  }

  /** Copies a version's report to where {@code report.path} says. */
  static void copyReport(JobContext context, Registry registry, ModelVersion version) {
    context
        .config()
        .report()
        .path()
        .ifPresent(
            path -> {
              try {
                Path file = Path.of(path).toAbsolutePath();
                Files.createDirectories(file.getParent());
                Files.write(file, registry.read(version, REPORT));
              } catch (IOException e) {
                throw new ConfigException(
                    "report.path %s cannot be written (%s)".formatted(path, e.getMessage()));
              }
            });
  }
}
