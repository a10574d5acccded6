package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.ModelDifference;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the registry and moves aliases; never starts Spark. */
final class ModelsJob implements Job {

  private static final String USAGE =
      "usage: lakewright models list | show NAME [VERSION] | promote NAME VERSION | rollback NAME |"
          + " verify NAME [VERSION] | diff NAME VERSION VERSION   [--alias ALIAS] [--reason TEXT]";

  @Override
  public String name() {
    return "models";
  }

  @Override
  public String summary() {
    return "list, show, promote, rollback, verify or diff published versions";
  }

  @Override
  public List<String> requires() {
    return List.of();
  }

  @Override
  public JobResult run(JobContext context) {
    Words words = Words.parse(context.arguments(), context.config());
    Registry registry = Registries.open(context.config());
    return switch (words.verb()) {
      case "list" -> list(context, registry);
      case "show" -> show(context, registry, words);
      case "promote" -> promote(context, registry, words);
      case "rollback" -> rollback(context, registry, words);
      case "verify" -> verify(context, registry, words);
      case "diff" -> diff(context, registry, words);
      default -> throw new ConfigException("unknown word '" + words.verb() + "'; " + USAGE);
    };
  }

  /** The words after {@code models}. */
  private record Words(String verb, List<String> names, String alias, String reason) {

    static Words parse(List<String> arguments, LakewrightConfig config) {
      String alias = config.model().alias();
      String reason = "by hand";
      List<String> names = new ArrayList<>();
      for (int i = 0; i < arguments.size(); i++) {
        String word = arguments.get(i);
        if (word.equals("--alias") || word.equals("--reason")) {
          if (++i == arguments.size()) {
            throw new ConfigException(word + " needs a value; " + USAGE);
          }
          alias = word.equals("--alias") ? arguments.get(i) : alias;
          reason = word.equals("--reason") ? arguments.get(i) : reason;
        } else if (word.startsWith("-")) {
          throw new ConfigException("unknown option " + word + "; " + USAGE);
        } else {
          names.add(word);
        }
      }
      if (names.isEmpty()) {
        throw new ConfigException(USAGE);
      }
      return new Words(names.get(0), names.subList(1, names.size()), alias, reason);
    }

    String at(int place) {
      if (place >= names.size()) {
        throw new ConfigException("models " + verb + " needs more words; " + USAGE);
      }
      return names.get(place);
    }
  }

  private JobResult list(JobContext context, Registry registry) {
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
    context.progress().say(models.isEmpty() ? "no models in " + registry.root() : table.toString());
    return result("listed", "models", models);
  }

  private JobResult show(JobContext context, Registry registry, Words words) {
    String model = words.at(0);
    if (words.names().size() > 1) {
      return showVersion(context, registry, registry.resolve(model, words.at(1)));
    }
    registry.resolve(model, "latest");
    TextTable table = new TextTable("version", "created", "by", "checksum", "macro_f1", "aliases");
    List<Map<String, Object>> versions = new ArrayList<>();
    Map<String, Integer> aliases = registry.aliases(model);
    for (int number : registry.versions(model)) {
      ModelVersion version = registry.version(model, number);
      List<String> names =
          aliases.entrySet().stream()
              .filter(alias -> alias.getValue() == number)
              .map(Map.Entry::getKey)
              .toList();
      String score = version.facts().at("/test/metrics/macro_f1").asText("-");
      table.row(
          number,
          version.createdAt(),
          version.createdBy(),
          version.checksum().substring(0, 12),
          score.length() > 6 ? score.substring(0, 6) : score,
          String.join(" ", names));
      Map<String, Object> fields = fields(registry, version);
      fields.put("aliases", names);
      versions.add(fields);
    }
    context.progress().say(table.toString());
    return result("shown", "versions", versions);
  }

  private JobResult showVersion(JobContext context, Registry registry, ModelVersion version) {
    Map<String, Object> fields = fields(registry, version);
    fields.put("facts", version.facts());
    context
        .progress()
        .say(
            "%s version %d, created %s by %s%n%s"
                .formatted(
                    version.name(),
                    version.number(),
                    version.createdAt(),
                    version.createdBy(),
                    version.facts().toPrettyString()));
    return new JobResult(name(), "shown", fields);
  }

  private static Map<String, Object> fields(Registry registry, ModelVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", version.name());
    fields.put("version", version.number());
    fields.put("created_at", version.createdAt());
    fields.put("checksum", version.checksum());
    fields.put("path", registry.root() + "/" + version.path("").replaceAll("/$", ""));
    return fields;
  }

  private JobResult promote(JobContext context, Registry registry, Words words) {
    ModelVersion version = registry.resolve(words.at(0), words.at(1));
    AliasMove move =
        registry.promote(version.name(), words.alias(), version.number(), words.reason());
    return moved(context, version.name(), words.alias(), move, "promoted");
  }

  private JobResult rollback(JobContext context, Registry registry, Words words) {
    AliasMove move = registry.rollback(words.at(0), words.alias(), words.reason());
    return moved(context, words.at(0), words.alias(), move, "rolled_back");
  }

  private JobResult moved(
      JobContext context, String model, String alias, AliasMove move, String status) {
    context.progress().say("%s of %s points to version %d".formatted(alias, model, move.version()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", model);
    fields.put("alias", alias);
    fields.put("version", move.version());
    fields.put("previous", move.previous());
    return new JobResult(name(), status, fields);
  }

  private JobResult verify(JobContext context, Registry registry, Words words) {
    String model = words.at(0);
    registry.resolve(model, "latest");
    List<Integer> numbers =
        words.names().size() > 1
            ? List.of(registry.resolve(model, words.at(1)).number())
            : registry.versions(model);
    List<String> findings = new ArrayList<>();
    numbers.forEach(number -> findings.addAll(registry.verify(model, number)));
    if (!findings.isEmpty()) {
      throw new StorageException(String.join("\n", findings));
    }
    context
        .progress()
        .say("%s: every file of versions %s is as published".formatted(model, numbers));
    return result("verified", "versions", numbers);
  }

  private JobResult diff(JobContext context, Registry registry, Words words) {
    ModelVersion left = registry.resolve(words.at(0), words.at(1));
    ModelVersion right = registry.resolve(words.at(0), words.at(2));
    List<ModelDifference> differences = ModelDifference.between(registry, left, right);
    TextTable table =
        new TextTable("what", "version " + left.number(), "version " + right.number());
    differences.forEach(d -> table.row(d.path(), d.left(), d.right()));
    context.progress().say(differences.isEmpty() ? "no difference" : table.toString());
    return result(
        "compared",
        "differences",
        differences.stream()
            .map(d -> Map.of("path", d.path(), "left", d.left(), "right", d.right()))
            .toList());
  }

  private JobResult result(String status, String key, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(key, value);
    return new JobResult(name(), status, fields);
  }
}
