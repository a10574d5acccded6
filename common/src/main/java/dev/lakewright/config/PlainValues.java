package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Disclosure;
import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Between nodes and plain Java values, where no key says the type: Boolean, Long, Double, String,
 * lists and maps of these.
 */
final class PlainValues {

  private PlainValues() {}

  /** What a scalar says by itself: a number or truth value if written so without quotes. */
  static Object of(Scalar scalar) {
    String text = scalar.text();
    if (!scalar.plain()) {
      return text;
    }
    if (ScalarType.Truth.TRUE.contains(text) || ScalarType.Truth.FALSE.contains(text)) {
      return ScalarType.Truth.TRUE.contains(text);
    }
    OptionalLong whole = Numerals.whole(text);
    if (whole.isPresent()) {
      return whole.getAsLong();
    }
    OptionalDouble real = Numerals.real(text);
    return real.isPresent() ? (Object) real.getAsDouble() : text;
  }

  /**
   * The node that stands for a plain value.
   *
   * @throws IllegalArgumentException for a value of another kind
   */
  static ConfigNode node(Object value, String place, boolean secret) {
    Disclosure disclosure = secret ? Disclosure.SECRET : Disclosure.OPEN;
    return node(
        value,
        place,
        disclosure,
        text -> new Scalar(place, Environment.escaped(text), text, false, disclosure));
  }

  /** The node that stands for a value as {@link Recorder} wrote it. */
  static ConfigNode recorded(Object value, String place, boolean secret, Environment environment) {
    return node(
        value,
        place,
        secret ? Disclosure.SECRET : Disclosure.OPEN,
        text -> environment.substitute(place, text, false, secret));
  }

  private static ConfigNode node(
      Object value, String place, Disclosure disclosure, Function<String, ConfigNode> texts) {
    if (value instanceof String text) {
      return texts.apply(text);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return new Scalar(place, value.toString(), value.toString(), true, disclosure);
    }
    if (value instanceof Collection<?> values) {
      List<ConfigNode> items = new ArrayList<>(values.size());
      values.forEach(item -> items.add(node(item, place, disclosure, texts)));
      return new Sequence(place, items);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>();
      map.forEach((key, item) -> entries.put(key.toString(), node(item, place, disclosure, texts)));
      return new Mapping(place, entries);
    }
    throw new IllegalArgumentException("a configuration cannot hold " + value);
  }
}
