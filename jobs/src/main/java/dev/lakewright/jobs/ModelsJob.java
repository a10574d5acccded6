package dev.lakewright.jobs;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at the registry, moves aliases, keeps it healthy; never starts Spark. */
final class ModelsJob implements Job {

  static final String NAME = "models";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "list, show, compare, promote, roll back, verify, remove or copy published versions";
  }

  @Override
  public List<String> requires() {
    return List.of();
  }

  @Override
  public JobResult run(JobContext context) {
    ModelsWords words = ModelsWords.parse(context.arguments());
    Registry registry = Registries.open(context.config());
    ModelsViews views = new ModelsViews(context.progress(), registry);
    ModelsUpkeep upkeep = new ModelsUpkeep(context.progress(), registry);
    return switch (words.verb()) {
      case "list" -> views.list();
      case "show" ->
          words.find(1).isPresent()
              ? views.show(registry.resolve(words.at(0), words.at(1)))
              : views.show(words.at(0));
      case "compare" ->
          views.compare(
              registry.resolve(words.at(0), words.at(1)),
              registry.resolve(words.at(0), words.at(2)));
      case "diff" ->
          views.diff(
              registry.resolve(words.at(0), words.at(1)),
              registry.resolve(words.at(0), words.at(2)));
      case "promote" -> promote(context, registry, words);
      case "rollback" -> rollback(context, registry, words);
      case "verify" ->
          words.has("--all")
              ? upkeep.verifyAll()
              : upkeep.verify(
                  words.at(0), chosen(registry, words).stream().map(ModelVersion::number).toList());
      case "gc" ->
          upkeep.gc(
              words.find(0).map(model -> existing(registry, model)).orElseGet(registry::names),
              words.count("--keep"),
              words.has("--keep-aliased"),
              words.has("--dry-run"));
      case "export" -> {
        Registry target = Registries.at(context.config(), words.option("--to"));
        yield upkeep.copy(target, chosen(registry, words), "exported");
      }
      case "import" -> {
        Registry source = Registries.at(context.config(), words.option("--from"));
        yield new ModelsUpkeep(context.progress(), source)
            .copy(registry, chosen(source, words), "imported");
      }
      default ->
          throw new ConfigException("unknown word '" + words.verb() + "'; " + ModelsWords.USAGE);
    };
  }

  private static List<String> existing(Registry registry, String model) {
    registry.resolve(model, "latest");
    return List.of(model);
  }

  /** The version that the words name; all of the model without one. */
  private static List<ModelVersion> chosen(Registry registry, ModelsWords words) {
    String model = words.at(0);
    registry.resolve(model, "latest");
    return words
        .find(1)
        .map(reference -> List.of(registry.resolve(model, reference)))
        .orElseGet(
            () ->
                registry.versions(model).stream()
                    .map(number -> registry.version(model, number))
                    .toList());
  }

  private static JobResult promote(JobContext context, Registry registry, ModelsWords words) {
    ModelVersion version = registry.resolve(words.at(0), words.at(1));
    String alias = words.alias(context.config());
    AliasMove move = registry.promote(version.name(), alias, version.number(), words.reason());
    return moved(context, version.name(), alias, move, "promoted");
  }

  private static JobResult rollback(JobContext context, Registry registry, ModelsWords words) {
    String alias = words.alias(context.config());
    AliasMove move = registry.rollback(words.at(0), alias, words.reason());
    return moved(context, words.at(0), alias, move, "rolled_back");
  }

  private static JobResult moved(
      JobContext context, String model, String alias, AliasMove move, String status) {
    context.progress().say("%s of %s points to version %d".formatted(alias, model, move.version()));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", model);
    fields.put("alias", alias);
    fields.put("version", move.version());
    fields.put("previous", move.previous());
    return new JobResult(NAME, status, fields);
  }

  static JobResult result(String status, String key, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(key, value);
    return new JobResult(NAME, status, fields);
  }
}
