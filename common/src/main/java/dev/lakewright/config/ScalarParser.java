package dev.lakewright.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Single values, strictly: what is nearly right is wrong. */
final class ScalarParser {

  private ScalarParser() {}

  /**
   * A value of a Java type.
   *
   * @throws IllegalArgumentException saying what it must be instead
   */
  static Object parse(Class<?> type, ConfigNode node) {
    if (!(node instanceof ConfigNode.Scalar scalar)) {
      throw new IllegalArgumentException("must be " + expected(type) + ", not " + shown(node));
    }
    Object value = parse(type, scalar);
    if (value == null) {
      throw new IllegalArgumentException("must be " + expected(type) + ", not " + shown(node));
    }
    return value;
  }

  private static Object parse(Class<?> type, ConfigNode.Scalar scalar) {
    String text = scalar.text();
    if (type == String.class) {
      return text;
    }
    if (type == boolean.class || type == Boolean.class) {
      return text.equals("true") ? Boolean.TRUE : text.equals("false") ? Boolean.FALSE : null;
    }
    if (type == int.class || type == Integer.class) {
      Long whole = whole(text);
      return whole == null || whole != whole.intValue() ? null : (Object) whole.intValue();
    }
    if (type == long.class || type == Long.class) {
      return whole(text);
    }
    if (type == double.class || type == Double.class) {
      return finite(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("no way to bind " + type);
  }

  private static Long whole(String text) {
    return text.matches("[-+]?\\d{1,18}") ? (Long) Long.parseLong(text) : null;
  }

  private static Double finite(String text) {
    if (!text.matches("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?")) {
      return null;
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static Object constant(Class<?> type, String text) {
    String name = text.replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> {
              List<String> words = words(type);
              Optional<String> near = Keys.nearest(text, words);
              return new IllegalArgumentException(
                  "must be one of %s, not '%s'%s"
                      .formatted(
                          String.join(", ", words),
                          text,
                          near.map(word -> "; did you mean " + word + "?").orElse("")));
            });
  }

  /** An enum's values as they are written in YAML. */
  static List<String> words(Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
        .toList();
  }

  private static String expected(Class<?> type) {
    if (type == String.class) {
      return "text";
    }
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    return type.isEnum() ? "one of " + String.join(", ", words(type)) : "a whole number";
  }

  /** A node as messages show it: values from the environment as they are written. */
  static String shown(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return "'" + scalar.written() + "'";
    }
    return node instanceof ConfigNode.Sequence ? "a list" : "a section";
  }
}
