package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.registry.ModelDifference;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What {@code models} shows: all models, one, one version, two beside each other. */
final class ModelsViews {

  private final Progress progress;
  private final Registry registry;

  ModelsViews(Progress progress, Registry registry) {
    this.progress = progress;
    this.registry = registry;
  }

  JobResult list() {
    List<Map<String, Object>> models = new ArrayList<>();
    TextTable table = new TextTable("model", "versions", "latest", "aliases");
    for (String model : registry.names()) {
      List<Integer> versions = registry.versions(model);
      int latest = versions.get(versions.size() - 1);
      Map<String, Integer> aliases = registry.aliases(model);
      table.row(model, versions.size(), latest, aliases);
      models.add(
          Map.of("model", model, "versions", versions, "latest", latest, "aliases", aliases));
    }
    progress.say(models.isEmpty() ? "no models in " + registry.root() : table.toString());
    return ModelsJob.result("listed", "models", models);
  }

  JobResult show(String model) {
    registry.existing(model);
    TextTable table = new TextTable("version", "created", "by", "checksum", "macro_f1", "aliases");
    List<Map<String, Object>> versions = new ArrayList<>();
    Map<String, Integer> aliases = registry.aliases(model);
    List<String> damaged = new ArrayList<>();
    for (ModelVersion version : registry.readable(model, damaged::add)) {
      List<String> names =
          aliases.entrySet().stream()
              .filter(alias -> alias.getValue() == version.number())
              .map(Map.Entry::getKey)
              .toList();
      table.row(
          version.number(),
          version.createdAt(),
          version.createdBy(),
          version.checksum().substring(0, 12),
          figure(version.facts().at("/test/metrics/macro_f1")),
          String.join(" ", names));
      Map<String, Object> one = fields(version);
      one.put("aliases", names);
      versions.add(one);
    }
    progress.say(table.toString());
    damaged.forEach(progress::say);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("versions", versions);
    fields.put("damaged", damaged);
    return new JobResult(ModelsJob.NAME, "shown", fields);
  }

  JobResult show(ModelVersion version) {
    Map<String, Object> fields = fields(version);
    fields.put("facts", version.facts());
    progress.say(
        "%s version %d, created %s by %s%n%s"
            .formatted(
                version.name(),
                version.number(),
                version.createdAt(),
                version.createdBy(),
                version.facts().toPrettyString()));
    return new JobResult(ModelsJob.NAME, "shown", fields);
  }

  private Map<String, Object> fields(ModelVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", version.name());
    fields.put("version", version.number());
    fields.put("created_at", version.createdAt());
    fields.put("checksum", version.checksum());
    fields.put("path", registry.root() + "/" + version.path("").replaceAll("/$", ""));
    return fields;
  }

  /** Every place where origin, settings or figures differ. */
  JobResult diff(ModelVersion left, ModelVersion right) {
    List<ModelDifference> differences = ModelDifference.between(registry, left, right);
    TextTable table = columns("what", left, right);
    differences.forEach(d -> table.row(d.path(), d.left(), d.right()));
    progress.say(differences.isEmpty() ? "no difference" : table.toString());
    return ModelsJob.result(
        "compared",
        "differences",
        differences.stream()
            .map(d -> Map.of("path", d.path(), "left", d.left(), "right", d.right()))
            .toList());
  }

  /** The metrics that were measured when the versions were published, with their differences. */
  JobResult compare(ModelVersion left, ModelVersion right) {
    JsonNode before = left.facts().at("/test/metrics");
    JsonNode after = right.facts().at("/test/metrics");
    TreeSet<String> names = new TreeSet<>();
    before.fieldNames().forEachRemaining(names::add);
    after.fieldNames().forEachRemaining(names::add);
    TextTable table = columns("metric", left, right, "difference");
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (String name : names) {
      JsonNode one = before.path(name);
      JsonNode other = after.path(name);
      Map<String, Object> pair = new LinkedHashMap<>();
      pair.put("left", one);
      pair.put("right", other);
      String difference = "-";
      if (one.isNumber() && other.isNumber()) {
        pair.put("difference", other.asDouble() - one.asDouble());
        difference = "%+.4f".formatted(other.asDouble() - one.asDouble());
      }
      metrics.put(name, pair);
      table.row(name, figure(one), figure(other), difference);
    }
    progress.say(names.isEmpty() ? "neither version was tested" : table.toString());
    differentRows(left, right).ifPresent(progress::say);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", left.name());
    fields.put("left", left.number());
    fields.put("right", right.number());
    fields.put("same_model", left.checksum().equals(right.checksum()));
    fields.put("metrics", metrics);
    return new JobResult(ModelsJob.NAME, "compared", fields);
  }

  /** A line where the versions are known to have been tested on different rows. */
  private static Optional<String> differentRows(ModelVersion left, ModelVersion right) {
    Optional<String> one = testedOn(left);
    Optional<String> other = testedOn(right);
    return one.isEmpty() || other.isEmpty() || one.equals(other)
        ? Optional.empty()
        : Optional.of(
            "version %d was tested on %s, version %d on %s: some of the difference may be the rows'"
                .formatted(left.number(), one.get(), right.number(), other.get()));
  }

  private static Optional<String> testedOn(ModelVersion version) {
    JsonNode rows = version.facts().at("/test/rows");
    JsonNode data = version.facts().path("data");
    return rows.isNumber() && data.path("version").isNumber()
        ? Optional.of(
            "%d rows of %s version %d"
                .formatted(
                    rows.asLong(), data.path("table").asText(), data.path("version").asLong()))
        : Optional.empty();
  }

  private static TextTable columns(
      String first, ModelVersion left, ModelVersion right, String... more) {
    List<String> header =
        new ArrayList<>(List.of(first, "version " + left.number(), "version " + right.number()));
    header.addAll(List.of(more));
    return new TextTable(header.toArray(String[]::new));
  }

  private static String figure(JsonNode value) {
    String text = value.isMissingNode() ? "-" : value.asText("-");
    return text.length() > 6 ? text.substring(0, 6) : text;
  }
}
