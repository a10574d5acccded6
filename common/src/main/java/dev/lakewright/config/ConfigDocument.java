package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Disclosure;
import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import dev.lakewright.errors.ConfigException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration as it was written: a YAML file, overlaid with {@code --set key.path=value}, with
 * the place of every key. Immutable.
 *
 * <p>A key path's words are parted by dots. Beneath a map the whole rest of the path is one key
 * ({@code spark.spark.hadoop.fs.s3a.endpoint}, {@code tune.space.learner.l2}); beneath a map of
 * maps the first dot parts the two keys ({@code thresholds.cost.spam.ham}), so a label with a dot
 * has to be written as YAML. An overlay merges sections and maps key by key and replaces any other
 * value; an empty value or {@code null} unsets a key.
 */
public final class ConfigDocument {

  private final ConfigSchema schema;
  private final Mapping root;
  private final Environment variables;

  private ConfigDocument(ConfigSchema schema, Mapping root, Environment variables) {
    this.schema = schema;
    this.root = root;
    this.variables = variables;
  }

  /**
   * Reads a {@link LakewrightConfig}.
   *
   * @param file the YAML file, if there is one
   * @param sets {@code key.path=value}, applied in order; values are YAML, except that a text which
   *     could not begin a YAML value ({@code *.csv}, {@code |}) stands for itself
   * @param environment the variables that {@code ${NAME}} may refer to
   * @throws ConfigException if the file cannot be read or any of the YAML is malformed
   */
  public static ConfigDocument load(
      Optional<Path> file, List<String> sets, Map<String, String> environment) {
    return load(LakewrightConfig.class, file, sets, environment);
  }

  /** Reads a configuration of the keys that another record defines; otherwise the same. */
  public static ConfigDocument load(
      Class<? extends Record> type,
      Optional<Path> file,
      List<String> sets,
      Map<String, String> environment) {
    ConfigSchema schema = ConfigSchema.of(type);
    Environment variables = new Environment(environment);
    Mapping root =
        file.map(path -> ConfigFile.read(path, variables))
            .orElse(SectionType.unset("configuration"));
    for (String set : sets) {
      Assignment assignment = Assignment.parse(set, variables);
      root = Overlay.set(schema, root, assignment.path(), assignment.value());
    }
    return new ConfigDocument(schema, root, variables);
  }

  /**
   * The configuration as a record.
   *
   * @throws ConfigException with one line for each problem there is
   */
  public <T extends Record> T bind(Class<T> type) {
    Binder binder = new Binder(schema);
    Optional<Object> bound = binder.bind(SectionType.of(type), "", root);
    List<String> problems = new ArrayList<>(binder.problems());
    problems.addAll(SearchSpaceCheck.problems(schema, root));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return type.cast(bound.orElseThrow());
  }

  /**
   * The configuration of one trial: this one with a hyperparameter set. Problems found when binding
   * it name {@code tune.space} as the value's place.
   *
   * @param value a Boolean, Number, String, list or map of these
   */
  public ConfigDocument with(String keyPath, Object value) {
    boolean secret = Secrets.named(keyPath);
    String shown = secret ? Secrets.MASK : Quoted.line(String.valueOf(value));
    String place = "tune.space " + keyPath + " = " + shown;
    return with(keyPath, PlainValues.node(value, place, secret));
  }

  /**
   * This configuration with a part of what {@link #recorded} gave laid over it: {@code ${NAME}} is
   * substituted from the environment that this document was loaded with.
   *
   * @param value a Boolean, Number, String, list or map of these
   */
  public ConfigDocument withRecorded(String keyPath, Object value) {
    boolean secret = Secrets.named(keyPath);
    return with(keyPath, PlainValues.recorded(value, "recorded " + keyPath, secret, variables));
  }

  private ConfigDocument with(String keyPath, ConfigNode node) {
    return new ConfigDocument(schema, Overlay.set(schema, root, keyPath, node), variables);
  }

  /** This configuration with a key, or a whole section, unset: its defaults hold. */
  public ConfigDocument without(String keyPath) {
    ConfigNode unset = new Scalar("default of " + keyPath, "", "", true, Disclosure.OPEN);
    return with(keyPath, unset);
  }

  /**
   * Checks that keys are set; a default does not count.
   *
   * @param keyPaths key paths; {@code data.text|data.numeric} asks for at least one of several
   * @param job the job that asks, for the message
   * @throws ConfigException with one line for each key missing
   * @throws IllegalArgumentException if a path is no key at all
   */
  public void require(List<String> keyPaths, String job) {
    List<String> problems =
        keyPaths.stream()
            .map(Requirement::parse)
            .filter(requirement -> requirement.alternatives().stream().noneMatch(this::isSet))
            .map(requirement -> requirement.missingFor(job))
            .toList();
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private boolean isSet(String keyPath) {
    ConfigSchema.Location location = schema.locate(keyPath);
    if (location.type().isEmpty()) {
      throw new IllegalArgumentException("no such key: " + keyPath);
    }
    return root.find(location.words())
        .filter(node -> !(node instanceof Sequence list && list.items().isEmpty()))
        .isPresent();
  }

  /**
   * The configuration in effect, defaults included, for the record of what was run: maps, lists,
   * strings, numbers and booleans in the order of the records. Values from the environment stay as
   * written ({@code ${NAME}}), values of keys that name a secret are {@code ***}. Meant for a
   * document that binds.
   */
  public Map<String, Object> recorded() {
    return Recorder.record(schema.root(), root);
  }

  /** Every key of {@link LakewrightConfig}, in order, with its type, default and meaning. */
  public static List<ConfigKey> keys() {
    List<ConfigKey> keys = new ArrayList<>();
    ConfigSchema.of(LakewrightConfig.class)
        .forEachKey(
            (path, field) ->
                keys.add(
                    new ConfigKey(path, field.type().reference(), field.fallback(), field.doc())));
    return List.copyOf(keys);
  }
}
