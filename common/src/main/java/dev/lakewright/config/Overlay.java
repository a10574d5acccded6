package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Lays values over a tree: sections and maps merge key by key, anything else is replaced. */
final class Overlay {

  private Overlay() {}

  /** The tree with one value set at a path; {@code null} as the value unsets it. */
  static Mapping set(ConfigSchema schema, Mapping base, String path, ConfigNode value) {
    ConfigNode over = value;
    List<String> words = schema.locate(path).words();
    for (int i = words.size() - 1; i >= 0; i--) {
      over = new Mapping(value.place(), Map.of(words.get(i), over));
    }
    return merge(schema.root(), base, (Mapping) over);
  }

  /** The section over which a value is laid directly is said to be written where the value is. */
  private static Mapping merge(ValueType type, Mapping base, Mapping over) {
    Map<String, ConfigNode> merged = new LinkedHashMap<>(base.entries());
    String place = base.place();
    for (Map.Entry<String, ConfigNode> entry : over.entries().entrySet()) {
      Optional<ValueType> held = held(type, entry.getKey());
      if (held.isPresent()
          && merged.get(entry.getKey()) instanceof Mapping below
          && entry.getValue() instanceof Mapping above) {
        merged.put(entry.getKey(), merge(held.get(), below, above));
      } else {
        merged.put(entry.getKey(), entry.getValue());
        place = over.place();
      }
    }
    return new Mapping(place, merged);
  }

  /** The type of a key whose value merges; empty where a mapping is a value as a whole. */
  private static Optional<ValueType> held(ValueType type, String key) {
    Optional<ValueType> held = Optional.empty();
    if (type instanceof SectionType section) {
      held = section.field(key).map(SectionType.Field::type);
    } else if (type instanceof MapType map) {
      held = Optional.of(map.value());
    }
    return held.filter(value -> value instanceof SectionType || value instanceof MapType);
  }
}
