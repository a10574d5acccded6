package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Disclosure;
import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import dev.lakewright.config.SectionType.Field;
import dev.lakewright.errors.Addresses;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes down the configuration in effect, defaults included, such that it can be loaded again:
 * values from the environment stay {@code ${NAME}}, secrets and logins in addresses become {@code
 * ***}.
 */
final class Recorder {

  private Recorder() {}

  /** Keys in the order of the record; keys that are unset without a default are left out. */
  static Map<String, Object> record(SectionType type, Mapping section) {
    Map<String, Object> recorded = new LinkedHashMap<>();
    for (Field field : type.fields()) {
      Optional<ConfigNode> node = section.get(field.name()).or(() -> unset(field));
      node.ifPresent(present -> recorded.put(field.name(), value(field.type(), present)));
    }
    return Collections.unmodifiableMap(recorded);
  }

  private static Optional<ConfigNode> unset(Field field) {
    return field.type() instanceof SectionType && !field.optional()
        ? Optional.of(SectionType.unset(field.name()))
        : field.fallbackNode();
  }

  /** The recorded form of one value. */
  static Object value(ValueType type, ConfigNode node) {
    if (type instanceof SectionType sectionType && node instanceof Mapping section) {
      return record(sectionType, section);
    }
    if (node instanceof Mapping mapping) {
      return map(type instanceof MapType map ? map.value() : type, mapping);
    }
    if (node instanceof Sequence list) {
      ValueType element = type instanceof ListType listType ? listType.element() : type;
      List<Object> values = new ArrayList<>(list.items().size());
      list.items().forEach(item -> values.add(value(element, item)));
      return Collections.unmodifiableList(values);
    }
    if (!(node instanceof Scalar scalar)) {
      return Secrets.MASK;
    }
    return type instanceof ListType listType
        ? List.of(scalar(listType.element(), scalar))
        : scalar(type, scalar);
  }

  private static Map<String, Object> map(ValueType type, Mapping mapping) {
    Map<String, Object> values = new LinkedHashMap<>();
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!node.isUnset()) {
                values.put(key, value(type, node));
              }
            });
    return Collections.unmodifiableMap(values);
  }

  private static Object scalar(ValueType type, Scalar scalar) {
    if (scalar.disclosure() == Disclosure.SECRET) {
      return Secrets.MASK;
    }
    if (scalar.disclosure() == Disclosure.ENVIRONMENT) {
      return scalar.written();
    }
    if (type instanceof ScalarType.Text) {
      return Addresses.hideLogins(scalar.written());
    }
    if (!(type instanceof ScalarType scalarType)) {
      return PlainValues.of(scalar) instanceof String ? scalar.written() : PlainValues.of(scalar);
    }
    try {
      return scalarType.recorded(scalarType.read(scalar));
    } catch (InvalidValueException neverBound) {
      return scalar.written();
    }
  }
}
