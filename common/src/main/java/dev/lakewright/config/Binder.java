package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import dev.lakewright.config.ConfigNode.Unresolved;
import dev.lakewright.config.SectionType.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns nodes into typed values and collects every problem on the way. A value that does not bind
 * is reported once, where it is; what would contain it is not made, and not reported again.
 */
final class Binder {

  private final ConfigSchema schema;
  private final List<String> problems = new ArrayList<>();

  Binder(ConfigSchema schema) {
    this.schema = schema;
  }

  /** One line for each problem met so far, in the order met. */
  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  /** The value of a node that is set, as the type says; empty if there was a problem. */
  Optional<Object> bind(ValueType type, String path, ConfigNode node) {
    if (node instanceof Unresolved unresolved) {
      report(node.place(), path + " " + unresolved.problem());
      return Optional.empty();
    }
    try {
      if (type instanceof ScalarType scalarType) {
        return Optional.of(scalarType.read(scalar(scalarType, node)));
      } else if (type instanceof SearchType) {
        return searchDimension(path, node);
      } else if (type instanceof ListType listType) {
        return list(listType, path, node);
      } else if (type instanceof MapType mapType) {
        return map(mapType, path, node);
      }
      return section((SectionType) type, path, node);
    } catch (InvalidValueException e) {
      report(e.place(), path + " " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Scalar scalar(ScalarType type, ConfigNode node) throws InvalidValueException {
    if (node instanceof Scalar scalar && !scalar.isUnset()) {
      return scalar;
    }
    throw InvalidValueException.expected(type.described(), node);
  }

  private Optional<Object> searchDimension(String path, ConfigNode node)
      throws InvalidValueException {
    try {
      return Optional.of(SearchReader.read(node));
    } catch (IllegalArgumentException e) {
      report(node.place(), path + ": " + Disclosures.conceal(e.getMessage(), node));
      return Optional.empty();
    }
  }

  private Optional<Object> list(ListType type, String path, ConfigNode node)
      throws InvalidValueException {
    List<ConfigNode> items;
    if (node instanceof Sequence sequence) {
      items = sequence.items();
    } else if (node instanceof Scalar && type.acceptsLoneScalar()) {
      items = List.of(node);
    } else {
      throw InvalidValueException.expected(type.described(), node);
    }
    List<Object> values = new ArrayList<>(items.size());
    for (int i = 0; i < items.size(); i++) {
      bind(type.element(), path + "[" + i + "]", items.get(i)).ifPresent(values::add);
    }
    return values.size() == items.size() ? Optional.of(List.copyOf(values)) : Optional.empty();
  }

  private Optional<Object> map(MapType type, String path, ConfigNode node)
      throws InvalidValueException {
    if (!(node instanceof Mapping mapping)) {
      throw InvalidValueException.expected(type.described(), node);
    }
    Map<String, Object> values = new LinkedHashMap<>();
    boolean complete = true;
    for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
      if (!entry.getValue().isUnset()) {
        Optional<Object> value =
            bind(type.value(), ConfigSchema.join(path, entry.getKey()), entry.getValue());
        value.ifPresent(bound -> values.put(entry.getKey(), bound));
        complete &= value.isPresent();
      }
    }
    return complete ? Optional.of(Collections.unmodifiableMap(values)) : Optional.empty();
  }

  private Optional<Object> section(SectionType type, String path, ConfigNode node)
      throws InvalidValueException {
    if (!(node instanceof Mapping mapping)) {
      throw InvalidValueException.expected(type.described(), node);
    }
    boolean complete = reportUnknownKeys(type, path, mapping) == 0;
    List<Object> values = new ArrayList<>();
    for (Field field : type.fields()) {
      Optional<Object> value = component(field, ConfigSchema.join(path, field.name()), mapping);
      value.ifPresent(values::add);
      complete &= value.isPresent();
    }
    return complete ? construct(type, path, mapping, values) : Optional.empty();
  }

  private int reportUnknownKeys(SectionType type, String path, Mapping mapping) {
    List<String> known = type.names();
    List<String> unknown =
        mapping.entries().keySet().stream().filter(key -> !known.contains(key)).toList();
    for (String key : unknown) {
      report(
          mapping.entries().get(key).place(),
          "unknown key "
              + Quoted.line(ConfigSchema.join(path, key))
              + Suggestions.forKey(path, key, known, schema.paths()));
    }
    return unknown.size();
  }

  /** The value of a record's component: as set, or as the default says. */
  private Optional<Object> component(Field field, String path, Mapping section) {
    Optional<ConfigNode> node = section.get(field.name());
    if (field.optional()) {
      return node.isEmpty()
          ? Optional.of(Optional.empty())
          : bind(field.type(), path, node.get()).map(Optional::of);
    }
    return node.or(() -> unset(field, section.place()))
        .map(present -> bind(field.type(), path, present))
        .orElseGet(
            () -> {
              report(section.place(), Requirement.missing(path));
              return Optional.empty();
            });
  }

  /** What stands for a key that is not set: its default, or an empty list, map or section. */
  private static Optional<ConfigNode> unset(Field field, String place) {
    if (field.type() instanceof ListType && field.fallback().isEmpty()) {
      return Optional.of(new Sequence(place, List.of()));
    }
    return field.type() instanceof SectionType || field.type() instanceof MapType
        ? Optional.of(SectionType.unset(place))
        : field.fallbackNode();
  }

  private Optional<Object> construct(
      SectionType type, String path, Mapping mapping, List<Object> values) {
    try {
      return Optional.of(type.construct(values));
    } catch (IllegalArgumentException e) {
      String prefix = path.isEmpty() ? "" : path + ": ";
      report(mapping.place(), prefix + Disclosures.conceal(e.getMessage(), mapping));
      return Optional.empty();
    }
  }

  private void report(String place, String problem) {
    problems.add(place + ": " + problem);
  }
}
