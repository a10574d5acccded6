package dev.lakewright.config;

import dev.lakewright.errors.ConfigException;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A configuration before it is bound: the file's YAML with settings of the command line, or of a
 * trial, laid over it. Immutable.
 */
public final class ConfigDocument {

  private static final String SECRET =
      "(?i).*(secret|password|passwd|token|credential|access[._-]?key|private[._-]?key).*";

  private final ConfigNode.Mapping root;
  private final EnvironmentVariables environment;

  private ConfigDocument(ConfigNode.Mapping root, EnvironmentVariables environment) {
    this.root = root;
    this.environment = environment;
  }

  /**
   * Reads a file and lays settings over it.
   *
   * @param file absent for an empty one
   * @param settings {@code key.path=value}, the value being YAML
   * @param environment what {@code ${NAME}} stands for
   * @throws ConfigException when it cannot be read, in one line with file and line
   */
  public static ConfigDocument load(
      Optional<Path> file, List<String> settings, Map<String, String> environment) {
    EnvironmentVariables variables = new EnvironmentVariables(environment);
    ConfigNode.Mapping root =
        file.isEmpty()
            ? ConfigNode.Mapping.empty("the configuration")
            : mapping(file.get().toString(), text(file.get()), variables);
    ConfigDocument document = new ConfigDocument(root, variables);
    for (String setting : settings) {
      document = document.with(setting);
    }
    return document;
  }

  /**
   * A configuration from text.
   *
   * @param name of the source in messages
   */
  public static ConfigDocument parse(String name, String yaml, Map<String, String> environment) {
    EnvironmentVariables variables = new EnvironmentVariables(environment);
    return new ConfigDocument(mapping(name, yaml, variables), variables);
  }

  /** This one with all that another sets laid over it, key by key. */
  public ConfigDocument overlaidBy(ConfigDocument other) {
    return new ConfigDocument(overlay(root, other.root), other.environment);
  }

  private static ConfigNode.Mapping overlay(ConfigNode.Mapping base, ConfigNode.Mapping over) {
    ConfigNode.Mapping result = base;
    for (Map.Entry<String, ConfigNode> entry : over.entries().entrySet()) {
      ConfigNode below = base.entries().get(entry.getKey());
      ConfigNode value =
          below instanceof ConfigNode.Mapping inner
                  && entry.getValue() instanceof ConfigNode.Mapping overInner
              ? overlay(inner, overInner)
              : entry.getValue();
      result = result.with(entry.getKey(), value);
    }
    return result;
  }

  private static ConfigNode.Mapping mapping(
      String name, String text, EnvironmentVariables variables) {
    ConfigNode node = new YamlReader(name, true, variables).read(text);
    if (node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
      return ConfigNode.Mapping.empty(name);
    }
    if (node instanceof ConfigNode.Mapping mapping) {
      return mapping;
    }
    throw new ConfigException(
        name + ": a configuration is a mapping of sections such as data and features");
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (MalformedInputException e) {
      throw new ConfigException(file + ": this is no UTF-8 text; save it as UTF-8");
    } catch (IOException e) {
      String cause = Files.exists(file) ? "cannot be read" : "does not exist";
      throw new ConfigException(file + " " + cause + "; name a configuration file with -c");
    }
  }

  private ConfigDocument with(String setting) {
    int equals = setting.indexOf('=');
    if (equals < 1) {
      throw new ConfigException(
          "--set needs key.path=value, for example --set learner.l2=1e-4, not '" + setting + "'");
    }
    String path = setting.substring(0, equals).trim();
    YamlReader reader = new YamlReader("--set " + path, false, environment);
    return put(path, reader.read(setting.substring(equals + 1)));
  }

  /**
   * The same with one key set, as a trial of a sweep sets it.
   *
   * @param value number, boolean, text, or a list or map of these
   */
  public ConfigDocument with(String path, Object value) {
    return put(path, node(value, "tune.space " + path + " = " + value));
  }

  private ConfigDocument put(String path, ConfigNode value) {
    List<String> keys = split(path);
    return new ConfigDocument(put(root, keys, value, path), environment);
  }

  private static ConfigNode.Mapping put(
      ConfigNode.Mapping at, List<String> keys, ConfigNode value, String path) {
    String key = keys.get(0);
    if (keys.size() == 1) {
      return at.with(key, value);
    }
    ConfigNode below = at.entries().get(key);
    ConfigNode.Mapping inner =
        below instanceof ConfigNode.Mapping mapping
            ? mapping
            : ConfigNode.Mapping.empty(value.origin());
    return at.with(key, put(inner, keys.subList(1, keys.size()), value, path));
  }

  /** Splits at dots, but what follows a key that holds a map is one name of that map. */
  private static List<String> split(String path) {
    List<String> keys = new ArrayList<>();
    Class<?> record = LakewrightConfig.class;
    String rest = path;
    while (true) {
      int dot = rest.indexOf('.');
      if (dot < 0 || record == null) {
        keys.add(rest);
        return keys;
      }
      String key = rest.substring(0, dot);
      keys.add(key);
      rest = rest.substring(dot + 1);
      Class<?> owner = record;
      record =
          Arrays.stream(owner.getRecordComponents())
              .filter(component -> Keys.of(component).equals(key))
              .findFirst()
              .<Class<?>>map(component -> Keys.nestedRecord(component).orElse(null))
              .orElse(null);
    }
  }

  private static ConfigNode node(Object value, String origin) {
    if (value instanceof List<?> list) {
      return new ConfigNode.Sequence(list.stream().map(v -> node(v, origin)).toList(), origin);
    }
    if (value instanceof Map<?, ?> map) {
      ConfigNode.Mapping mapping = ConfigNode.Mapping.empty(origin);
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        mapping = mapping.with(entry.getKey().toString(), node(entry.getValue(), origin));
      }
      return mapping;
    }
    return new ConfigNode.Scalar(
        value.toString(), value.toString(), !(value instanceof String), origin);
  }

  /**
   * The typed configuration.
   *
   * @throws ConfigException with one line for each problem
   */
  public LakewrightConfig bind() {
    LakewrightConfig config = bind(LakewrightConfig.class);
    List<String> problems = new ArrayList<>();
    config
        .tune()
        .space()
        .forEach((path, dimension) -> checkDimension(path, dimension).forEach(problems::add));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return config;
  }

  /** Any record of {@link Key} components; see {@link #bind()}. */
  <T extends Record> T bind(Class<T> type) {
    Binder binder = new Binder(type);
    Object bound = binder.bindRecord(type, "", root);
    if (!binder.problems().isEmpty()) {
      throw new ConfigException(binder.problems());
    }
    return type.cast(bound);
  }

  /** Every listed value, and both ends of a range, must be valid for the key. */
  private List<String> checkDimension(String path, SearchDimension dimension) {
    if (!path.matches("(features|sampling|learner)\\..+")) {
      return List.of(
          origin("tune")
              + ": tune.space "
              + path
              + " cannot be searched; the keys to search lie under features, sampling and learner");
    }
    List<String> problems = new ArrayList<>();
    for (Object value : samples(dimension)) {
      try {
        with(path, value).bind(LakewrightConfig.class);
      } catch (ConfigException e) {
        problems.add(e.getMessage().lines().findFirst().orElseThrow());
      }
    }
    return problems.stream().distinct().toList();
  }

  private static List<Object> samples(SearchDimension dimension) {
    if (dimension instanceof SearchDimension.Choice choice) {
      return choice.values();
    }
    if (dimension instanceof SearchDimension.IntegerRange range) {
      return List.of(range.low(), range.high());
    }
    if (dimension instanceof SearchDimension.LogUniform range) {
      return List.of(range.low(), range.high());
    }
    SearchDimension.Uniform range = (SearchDimension.Uniform) dimension;
    return List.of(range.low(), range.high());
  }

  private String origin(String section) {
    return root.originOf(section);
  }

  /**
   * Makes sure that keys are set which a job cannot do without.
   *
   * @param paths key paths; {@code a|b} for at least one of several
   * @throws ConfigException with one line for each that is missing
   */
  public void require(List<String> paths, String job) {
    List<String> problems = new ArrayList<>();
    for (String alternatives : paths) {
      List<String> any = List.of(alternatives.split("\\|"));
      if (any.stream().noneMatch(this::isSet)) {
        problems.add(
            "%s is required by the job %s: set it in the file or with --set %s=..."
                .formatted(String.join(" or ", any), job, any.get(0)));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private boolean isSet(String path) {
    ConfigNode node = root;
    for (String key : split(path)) {
      node = node instanceof ConfigNode.Mapping mapping ? mapping.entries().get(key) : null;
    }
    return node != null && !(node instanceof ConfigNode.Scalar scalar && scalar.isNull());
  }

  /**
   * What is set, for a model's record: values from the environment as {@code ${NAME}}, and {@code
   * ***} for whatever looks like a secret.
   *
   * @param sections to give, in this order
   */
  public Map<String, Object> recorded(List<String> sections) {
    Map<String, Object> all = new LinkedHashMap<>();
    for (String section : sections) {
      ConfigNode node = root.entries().get(section);
      if (node != null) {
        all.put(section, recorded(section, node));
      }
    }
    return all;
  }

  private static Object recorded(String key, ConfigNode node) {
    if (key.matches(SECRET)) {
      return "***";
    }
    if (node instanceof ConfigNode.Scalar scalar) {
      return EnvironmentVariables.refers(scalar.written())
          ? scalar.written()
          : SearchDimensionParser.plain(scalar);
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      return sequence.items().stream().map(item -> recorded(key, item)).toList();
    }
    Map<String, Object> values = new LinkedHashMap<>();
    ((ConfigNode.Mapping) node)
        .entries()
        .forEach((name, value) -> values.put(name, recorded(name, value)));
    return values;
  }
}
