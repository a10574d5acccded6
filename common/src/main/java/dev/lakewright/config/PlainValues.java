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
import java.util.OptionalLong;

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
    return Numerals.real(text).isPresent() ? (Object) Numerals.real(text).getAsDouble() : text;
  }

  /**
   * The node that stands for a plain value.
   *
   * @throws IllegalArgumentException for a value of another kind
   */
  static ConfigNode node(Object value, String place, boolean secret) {
    Disclosure disclosure = secret ? Disclosure.SECRET : Disclosure.OPEN;
    if (value instanceof String text) {
      return new Scalar(place, Environment.escaped(text), text, false, disclosure);
    }
    if (value instanceof Number || value instanceof Boolean) {
      return new Scalar(place, value.toString(), value.toString(), true, disclosure);
    }
    if (value instanceof Collection<?> values) {
      List<ConfigNode> items = new ArrayList<>(values.size());
      values.forEach(item -> items.add(node(item, place, secret)));
      return new Sequence(place, items);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, ConfigNode> entries = new LinkedHashMap<>();
      map.forEach((key, item) -> entries.put(key.toString(), node(item, place, secret)));
      return new Mapping(place, entries);
    }
    throw new IllegalArgumentException("a configuration cannot hold " + value);
  }
}
