package dev.lakewright.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Fills records from nodes. Goes on after a problem, so that all are told at once; what could not
 * be bound is null on the way and never leaves, since any problem is an error in the end.
 */
final class Binder {

  private final Class<?> root;
  private final List<String> problems = new ArrayList<>();

  Binder(Class<?> root) {
    this.root = root;
  }

  List<String> problems() {
    return problems;
  }

  /** A record from a mapping, or null when there were problems. */
  Object bindRecord(Class<?> type, String path, ConfigNode node) {
    if (node instanceof ConfigNode.Scalar scalar && scalar.isNull()) {
      return bindRecord(type, path, ConfigNode.Mapping.empty(scalar.origin()));
    }
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      problem(node, path, "must be a section with the keys " + String.join(", ", Keys.of(type)));
      return null;
    }
    int before = problems.size();
    refuseUnknownKeys(type, path, mapping);
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      values[i] = bindComponent(components[i], path, mapping);
    }
    return problems.size() > before ? null : construct(type, path, mapping, values);
  }

  private void refuseUnknownKeys(Class<?> type, String path, ConfigNode.Mapping mapping) {
    List<String> valid = Keys.of(type);
    for (String key : mapping.entries().keySet()) {
      if (!valid.contains(key)) {
        problems.add(
            "%s: unknown key %s; %s"
                .formatted(mapping.originOf(key), join(path, key), suggestion(key, path, valid)));
      }
    }
  }

  private String suggestion(String key, String path, List<String> valid) {
    Optional<String> near = Keys.nearest(key, valid);
    if (near.isPresent()) {
      return "did you mean " + join(path, near.get()) + "?";
    }
    Optional<String> elsewhere =
        Keys.paths(root, "").stream().filter(p -> p.endsWith("." + key)).findFirst();
    if (elsewhere.isPresent()) {
      return "did you mean " + elsewhere.get() + "?";
    }
    String where = path.isEmpty() ? "the sections are " : "the keys of " + path + " are ";
    return where + String.join(", ", valid);
  }

  private Object bindComponent(RecordComponent component, String path, ConfigNode.Mapping mapping) {
    String name = Keys.of(component);
    String full = join(path, name);
    Key key = Keys.annotation(component);
    ConfigNode node = mapping.entries().get(name);
    boolean absent = node == null || node instanceof ConfigNode.Scalar s && s.isNull();
    if (!absent) {
      return check(key, full, node, bind(component.getGenericType(), full, node));
    }
    if (!key.fallback().isEmpty()) {
      return bind(component.getGenericType(), full, fallback(key));
    }
    Class<?> type = component.getType();
    if (type == Optional.class) {
      return Optional.empty();
    }
    if (type == List.class) {
      return List.of();
    }
    if (type == Map.class) {
      return Map.of();
    }
    if (type.isRecord()) {
      return bindRecord(type, full, ConfigNode.Mapping.empty(mapping.origin()));
    }
    problems.add("%s: %s is required: %s".formatted(mapping.origin(), full, key.doc()));
    return null;
  }

  private static ConfigNode fallback(Key key) {
    return new YamlReader("default", false, new EnvironmentVariables(Map.of()))
        .read(key.fallback());
  }

  private Object bind(Type type, String path, ConfigNode node) {
    Class<?> raw = Keys.raw(type);
    if (raw == Optional.class) {
      Object value = bind(Keys.argument(type), path, node);
      return value == null ? null : Optional.of(value);
    }
    if (raw == List.class) {
      return bindList(Keys.argument(type), path, node);
    }
    if (raw == Map.class) {
      return bindMap(Keys.argument(type), path, node);
    }
    if (raw == SearchDimension.class) {
      return bindWith(path, node, SearchDimensionParser::parse);
    }
    if (raw.isRecord()) {
      return bindRecord(raw, path, node);
    }
    return bindWith(path, node, n -> ScalarParser.parse(raw, n));
  }

  private Object bindList(Type element, String path, ConfigNode node) {
    List<ConfigNode> items =
        node instanceof ConfigNode.Sequence sequence ? sequence.items() : List.of(node);
    List<Object> values = new ArrayList<>();
    for (ConfigNode item : items) {
      values.add(bind(element, path, item));
    }
    return values.contains(null) ? null : List.copyOf(values);
  }

  private Object bindMap(Type element, String path, ConfigNode node) {
    if (!(node instanceof ConfigNode.Mapping mapping)) {
      return problem(node, path, "must be a section of names and values");
    }
    Map<String, Object> values = new LinkedHashMap<>();
    mapping.entries().forEach((k, value) -> values.put(k, bind(element, join(path, k), value)));
    return values.containsValue(null) ? null : java.util.Collections.unmodifiableMap(values);
  }

  /** Parses one value or tells why it cannot be. */
  private interface Parser {
    Object parse(ConfigNode node);
  }

  private Object bindWith(String path, ConfigNode node, Parser parser) {
    try {
      return parser.parse(node);
    } catch (IllegalArgumentException e) {
      return problem(node, path, e.getMessage());
    }
  }

  private Object check(Key key, String path, ConfigNode node, Object value) {
    Object bare = value instanceof Optional<?> optional ? optional.orElse(null) : value;
    if (bare instanceof Number number) {
      double d = number.doubleValue();
      if (!(d >= key.min() && d <= key.max())) {
        return problem(
            node, path, "must be %s, not %s".formatted(range(key), ScalarParser.shown(node)));
      }
    }
    if (bare instanceof String text
        && key.oneOf().length > 0
        && !Arrays.asList(key.oneOf()).contains(text)) {
      List<String> words = List.of(key.oneOf());
      String hint = Keys.nearest(text, words).map(w -> "; did you mean " + w + "?").orElse("");
      return problem(
          node,
          path,
          "must be one of %s, not %s%s"
              .formatted(String.join(", ", words), ScalarParser.shown(node), hint));
    }
    if (bare instanceof String text && !key.pattern().isEmpty() && !text.matches(key.pattern())) {
      return problem(
          node, path, "must match %s, not %s".formatted(key.pattern(), ScalarParser.shown(node)));
    }
    return value;
  }

  private static String range(Key key) {
    boolean lower = key.min() != Double.NEGATIVE_INFINITY;
    boolean upper = key.max() != Double.POSITIVE_INFINITY;
    if (lower && upper) {
      return "between " + number(key.min()) + " and " + number(key.max());
    }
    return lower
        ? "at least " + number(key.min())
        : upper ? "at most " + number(key.max()) : "a number";
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private Object construct(
      Class<?> type, String path, ConfigNode.Mapping mapping, Object[] values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        problems.add(mapping.origin() + ": " + join(path, refused.getMessage()));
        return null;
      }
      throw new IllegalStateException(type.getName() + " failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type.getName() + " must be a public record", e);
    }
  }

  private Object problem(ConfigNode node, String path, String what) {
    problems.add(node.origin() + ": " + path + " " + what);
    return null;
  }

  private static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
