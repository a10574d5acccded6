package dev.lakewright.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A node of a parsed configuration together with the place where it was written: {@code
 * conf/train.yaml:12} or {@code --set learner.l2}. Immutable; mappings keep their order.
 */
sealed interface ConfigNode {

  /** Where the node's key (or list item) was written, for messages. */
  String place();

  /** The same node, said to be written elsewhere. */
  ConfigNode at(String place);

  /** What a message may say the node is; never a secret's or an environment variable's value. */
  String shown();

  /** Whether the node leaves its key unset: an empty value or {@code null}. */
  default boolean isUnset() {
    return false;
  }

  /** Who may see a scalar's value. */
  enum Disclosure {
    /** Anyone. */
    OPEN,
    /** It holds an environment variable's value: show it as written, {@code ${NAME}}. */
    ENVIRONMENT,
    /** Its key names a secret: show nothing. */
    SECRET
  }

  /**
   * One value.
   *
   * @param written the text in the file, before substitution
   * @param text the text after substitution
   * @param plain whether it may be read as a number, a truth value or null: written without quotes,
   *     or substituted from the environment, where YAML may need the quotes around {@code ${NAME}}
   */
  record Scalar(String place, String written, String text, boolean plain, Disclosure disclosure)
      implements ConfigNode {

    private static final Set<String> UNSET = Set.of("", "~", "null", "Null", "NULL");

    @Override
    public Scalar at(String newPlace) {
      return new Scalar(newPlace, written, text, plain, disclosure);
    }

    @Override
    public boolean isUnset() {
      return plain && UNSET.contains(text);
    }

    @Override
    public String shown() {
      return switch (disclosure) {
        case SECRET -> "its hidden value";
        case ENVIRONMENT -> "the value of " + Quoted.line(written);
        case OPEN -> {
          if (isUnset()) {
            yield "an empty value";
          }
          yield plain && Numerals.isNumber(text) ? text : Quoted.text(text);
        }
      };
    }
  }

  /** A value whose environment variables could not be substituted; {@code problem} says why. */
  record Unresolved(String place, String written, String problem) implements ConfigNode {
    @Override
    public Unresolved at(String newPlace) {
      return new Unresolved(newPlace, written, problem);
    }

    @Override
    public String shown() {
      return "an unresolved value";
    }
  }

  /** A list. */
  record Sequence(String place, List<ConfigNode> items) implements ConfigNode {
    public Sequence {
      items = List.copyOf(items);
    }

    @Override
    public Sequence at(String newPlace) {
      List<ConfigNode> moved = new ArrayList<>(items.size());
      items.forEach(item -> moved.add(item.at(newPlace)));
      return new Sequence(newPlace, moved);
    }

    @Override
    public String shown() {
      return "a list";
    }
  }

  /** Keys and their values, in the order written. */
  record Mapping(String place, Map<String, ConfigNode> entries) implements ConfigNode {
    public Mapping {
      entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /** The value of a key, if the key is there and set. */
    Optional<ConfigNode> get(String key) {
      return Optional.ofNullable(entries.get(key)).filter(node -> !node.isUnset());
    }

    /** What is set beneath, following the keys one by one; the mapping itself for no keys. */
    Optional<ConfigNode> find(List<String> keys) {
      ConfigNode node = this;
      for (String key : keys) {
        Optional<ConfigNode> below =
            node instanceof Mapping mapping ? mapping.get(key) : Optional.empty();
        if (below.isEmpty()) {
          return Optional.empty();
        }
        node = below.get();
      }
      return Optional.of(node);
    }

    @Override
    public Mapping at(String newPlace) {
      Map<String, ConfigNode> moved = new LinkedHashMap<>();
      entries.forEach((key, node) -> moved.put(key, node.at(newPlace)));
      return new Mapping(newPlace, moved);
    }

    @Override
    public String shown() {
      return "a section";
    }
  }
}
