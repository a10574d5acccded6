package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.TrackingConfig;
import dev.lakewright.errors.Addresses;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.tracking.MlflowServer;
import dev.lakewright.tracking.TrackedRun;
import dev.lakewright.tracking.TrackingException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** Logs what jobs that train did to a tracking server, after their result is out. */
final class Tracking {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TOKEN = "MLFLOW_TRACKING_TOKEN";
  private static final Set<String> JOBS = Set.of("train", "tune", "retrain");

  private Tracking() {}

  /** Logs a run if the configuration names a server; whatever fails is told in one line. */
  static void log(
      JobContext context, JobResult result, Instant start, Map<String, String> environment) {
    if (!JOBS.contains(result.job()) || result.status().equals("unchanged")) {
      return;
    }
    TrackingConfig.Mlflow mlflow = context.config().tracking().mlflow();
    if (mlflow.uri().isEmpty()) {
      return;
    }
    try {
      TrackedRun run = run(context, result, start);
      String experiment =
          mlflow.experiment().orElseGet(() -> context.config().model().name().orElseThrow());
      new MlflowServer(
              mlflow.uri().get(),
              Optional.ofNullable(environment.get(TOKEN)).filter(token -> !token.isBlank()),
              Duration.ofSeconds(mlflow.timeout()))
          .log(experiment, run);
    } catch (TrackingException | IOException | RuntimeException e) {
      context
          .progress()
          .say(
              "warning: the run was not wholly logged to tracking.mlflow.uri %s: %s"
                  .formatted(
                      Addresses.hideLogins(mlflow.uri().get()),
                      Addresses.hideLogins(String.valueOf(e.getMessage()).replace('\n', ' '))));
    }
  }

  private static TrackedRun run(JobContext context, JobResult result, Instant start)
      throws IOException {
    JsonNode fields = JSON.valueToTree(result.fields());
    ObjectNode settings = JSON.valueToTree(TrainJob.recorded(context));
    JsonNode chosen = fields.at("/sweep/best_parameters");
    Optional<byte[]> report = Optional.empty();
    if (fields.has("version")) {
      Registry registry = Registries.open(context.config());
      ModelVersion version =
          registry.version(fields.path("model").asText(), fields.path("version").asInt());
      // a retrained model's settings are those of its champion
      JsonNode origin = JSON.readTree(registry.read(version, "model.json")).path("provenance");
      settings = origin.path("config").deepCopy();
      chosen = origin.at("/trial/parameters");
      report = Optional.of(registry.read(version, "report.html"));
    }
    if (result.job().equals("retrain")) {
      settings.set("retrain", JSON.valueToTree(context.document().recorded().get("retrain")));
    }
    Map<String, String> parameters = new TreeMap<>();
    leaves("", ".", settings, (key, leaf) -> parameters.put(key, text(leaf)));
    leaves("", ".", chosen, (key, leaf) -> parameters.put(key, text(leaf)));
    return new TrackedRun(
        name(result.job(), fields),
        start,
        Instant.now(),
        parameters,
        metrics(fields),
        tags(result, fields),
        report);
  }

  private static String name(String job, JsonNode fields) {
    String model = fields.path("model").asText();
    return fields.has("version")
        ? "%s %s version %d".formatted(job, model, fields.path("version").asInt())
        : job + " " + model;
  }

  /** Test metrics, the sweep's figures and seconds, as {@code test/macro_f1}. */
  private static Map<String, Double> metrics(JsonNode fields) {
    Map<String, Double> metrics = new TreeMap<>();
    Map<String, String> groups = Map.of("metrics", "test", "sweep", "sweep", "seconds", "seconds");
    groups.forEach(
        (field, group) ->
            leaves(
                group,
                "/",
                fields.path(field),
                (key, leaf) -> {
                  if (leaf.isNumber() && !key.startsWith("sweep/best_parameters/")) {
                    metrics.put(key, leaf.asDouble());
                  }
                }));
    return metrics;
  }

  private static Map<String, String> tags(JobResult result, JsonNode fields) {
    Map<String, String> tags = new TreeMap<>();
    tags.put("job", result.job());
    tags.put("status", result.status());
    tags.put("code_version", CodeVersion.current().text());
    for (String field : List.of("model", "version", "path", "checksum", "report")) {
      if (fields.has(field)) {
        tags.put(field, fields.path(field).asText());
      }
    }
    if (fields.has("data")) {
      tags.put("data.table", Addresses.hideLogins(fields.at("/data/table").asText()));
      tags.put("data.version", fields.at("/data/version").asText());
    }
    return tags;
  }

  /** Every value that is no mapping, by the path to it. */
  private static void leaves(
      String path, String separator, JsonNode node, BiConsumer<String, JsonNode> take) {
    node.properties()
        .forEach(
            entry -> {
              String key = path.isEmpty() ? entry.getKey() : path + separator + entry.getKey();
              if (entry.getValue().isObject()) {
                leaves(key, separator, entry.getValue(), take);
              } else {
                take.accept(key, entry.getValue());
              }
            });
  }

  private static String text(JsonNode leaf) {
    return leaf.isValueNode() ? leaf.asText() : leaf.toString();
  }
}
