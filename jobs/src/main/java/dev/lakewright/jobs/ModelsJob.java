package dev.lakewright.jobs;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import java.util.ArrayList;
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
              : upkeep.verify(words.at(0), numbers(registry, words));
      case "gc" -> gc(context, registry, words);
      case "export" -> {
        Registry target = Registries.at(context.config(), words.option("--to"));
        yield copy(context, registry, target, words, "exported");
      }
      case "import" -> {
        Registry source = Registries.at(context.config(), words.option("--from"));
        yield copy(context, source, registry, words, "imported");
      }
      default ->
          throw new ConfigException("unknown word '" + words.verb() + "'; " + ModelsWords.USAGE);
    };
  }

  private static JobResult gc(JobContext context, Registry registry, ModelsWords words) {
    List<String> models =
        words.find(0).map(model -> existing(registry, model)).orElseGet(registry::names);
    return new ModelsUpkeep(context.progress(), registry)
        .gc(
            models,
            words.count("--keep"),
            words.has("--keep-aliased"),
            words.has("--dry-run"),
            AbandonedCheckpoints.find(context.config(), words.find(0)));
  }

  private static List<String> existing(Registry registry, String model) {
    registry.existing(model);
    return List.of(model);
  }

  /** The number of the version that the words name; of all of the model without one. */
  private static List<Integer> numbers(Registry registry, ModelsWords words) {
    String model = words.at(0);
    return words
        .find(1)
        .map(reference -> List.of(registry.resolve(model, reference).number()))
        .orElseGet(() -> registry.existing(model));
  }

  /** Copies the version that the words name; all of the model without one. */
  private static JobResult copy(
      JobContext context, Registry source, Registry target, ModelsWords words, String status) {
    String model = words.at(0);
    List<String> damaged = new ArrayList<>();
    List<ModelVersion> versions;
    if (words.find(1).isPresent()) {
      versions = List.of(source.resolve(model, words.at(1)));
    } else {
      source.existing(model);
      versions = source.readable(model, damaged::add);
    }
    return new ModelsUpkeep(context.progress(), source).copy(target, versions, damaged, status);
  }

  private static JobResult promote(JobContext context, Registry registry, ModelsWords words) {
    String model = words.at(0);
    int number = registry.resolve(model, words.at(1)).number();
    String alias = words.alias(context.config());
    AliasMove move = registry.promote(model, alias, number, words.reason());
    return moved(context, model, alias, move, "promoted");
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
    if (move.previous() > 0) {
      fields.put("previous", move.previous());
    }
    return new JobResult(NAME, status, fields);
  }

  static JobResult result(String status, String key, Object value) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put(key, value);
    return new JobResult(NAME, status, fields);
  }
}
