package dev.lakewright.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A piece of configuration that knows where it was written. */
sealed interface ConfigNode {

  /** Where it stands, for messages: {@code conf/train.yaml:12} or {@code --set learner.l2}. */
  String origin();

  /**
   * A single value.
   *
   * @param text after substitution
   * @param written as it stands in the source, which is what messages and records show: a value
   *     from the environment may be a secret
   * @param plain written without quotes
   */
  record Scalar(String text, String written, boolean plain, String origin) implements ConfigNode {
    boolean isNull() {
      return plain && (text.isEmpty() || text.equals("null") || text.equals("~"));
    }
  }

  /** A list. */
  record Sequence(List<ConfigNode> items, String origin) implements ConfigNode {}

  /** Keys and values, in their order. */
  record Mapping(
      LinkedHashMap<String, ConfigNode> entries, Map<String, String> keyOrigins, String origin)
      implements ConfigNode {

    static Mapping empty(String origin) {
      return new Mapping(new LinkedHashMap<>(), new LinkedHashMap<>(), origin);
    }

    String originOf(String key) {
      return keyOrigins.getOrDefault(key, origin);
    }

    /** The same with one entry set. */
    Mapping with(String key, ConfigNode value) {
      LinkedHashMap<String, ConfigNode> changed = new LinkedHashMap<>(entries);
      changed.put(key, value);
      LinkedHashMap<String, String> origins = new LinkedHashMap<>(keyOrigins);
      origins.put(key, value.origin());
      return new Mapping(changed, origins, origin);
    }
  }
}
