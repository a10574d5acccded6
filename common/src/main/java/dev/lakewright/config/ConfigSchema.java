package dev.lakewright.config;

import dev.lakewright.config.SectionType.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * All keys of a configuration, and how a dotted key path finds its way through them. A path's words
 * end at dots as long as they name sections; beneath a map the whole rest is one key of the map
 * ({@code spark.spark.hadoop.fs.s3a.endpoint}), except that beneath a map of maps the first dot
 * parts the two keys ({@code thresholds.cost.spam.ham}).
 */
record ConfigSchema(SectionType root) {

  static ConfigSchema of(Class<? extends Record> type) {
    return new ConfigSchema(SectionType.of(type));
  }

  /**
   * Where a path leads.
   *
   * @param words the keys to follow, from the root
   * @param type what is held there; empty if there is no such key
   */
  record Location(List<String> words, Optional<ValueType> type) {

    /** Whether one value is held there: anything but a section. */
    boolean isLeaf() {
      return type.filter(held -> !(held instanceof SectionType)).isPresent();
    }
  }

  Location locate(String path) {
    List<String> words = new ArrayList<>();
    Optional<ValueType> type = Optional.of(root);
    String rest = path;
    while (!rest.isEmpty()) {
      boolean wholeRest =
          type.orElse(null) instanceof MapType map && !(map.value() instanceof MapType);
      int dot = wholeRest ? -1 : rest.indexOf('.');
      String word = dot < 0 ? rest : rest.substring(0, dot);
      rest = dot < 0 ? "" : rest.substring(dot + 1);
      words.add(word);
      type = type.flatMap(held -> beneath(held, word));
    }
    return new Location(words, type);
  }

  private static Optional<ValueType> beneath(ValueType type, String word) {
    if (type instanceof SectionType section) {
      return section.field(word).map(Field::type);
    }
    return type instanceof MapType map ? Optional.of(map.value()) : Optional.empty();
  }

  /** Visits every key that is no section, also those of optional sections, in order. */
  void forEachKey(BiConsumer<String, Field> visitor) {
    visit("", root, visitor);
  }

  private static void visit(String path, SectionType section, BiConsumer<String, Field> visitor) {
    for (Field field : section.fields()) {
      String fieldPath = join(path, field.name());
      if (field.type() instanceof SectionType nested) {
        visit(fieldPath, nested, visitor);
      } else {
        visitor.accept(fieldPath, field);
      }
    }
  }

  /** The paths of all keys that are no sections, in order. */
  List<String> paths() {
    List<String> paths = new ArrayList<>();
    forEachKey((path, field) -> paths.add(path));
    return paths;
  }

  /** The path of a key within the section at {@code path}, which is empty for the root. */
  static String join(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }
}
