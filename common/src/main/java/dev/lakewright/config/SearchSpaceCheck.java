package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks every map whose keys are key paths ({@link Key#keysUnder}): each path must be a key of an
 * allowed section, and each candidate value (both ends, for a range) must bind there, alone and
 * within its section.
 */
final class SearchSpaceCheck {

  private final ConfigSchema schema;
  private final Mapping root;
  private final List<String> problems = new ArrayList<>();

  private SearchSpaceCheck(ConfigSchema schema, Mapping root) {
    this.schema = schema;
    this.root = root;
  }

  /** One line for each problem of the search spaces in a configuration. */
  static List<String> problems(ConfigSchema schema, Mapping root) {
    SearchSpaceCheck check = new SearchSpaceCheck(schema, root);
    schema.forEachKey(
        (path, field) -> {
          if (field.type() instanceof MapType map && !map.keysUnder().isEmpty()) {
            check.space(path, map.keysUnder());
          }
        });
    return check.problems;
  }

  private void space(String path, List<String> sections) {
    if (root.find(schema.locate(path).words()).orElse(null) instanceof Mapping space) {
      for (Map.Entry<String, ConfigNode> entry : space.entries().entrySet()) {
        if (!entry.getValue().isUnset()) {
          dimension(path, sections, entry.getKey(), entry.getValue());
        }
      }
    }
  }

  private void dimension(String spacePath, List<String> sections, String key, ConfigNode node) {
    Optional<SearchDimension> dimension = readable(node);
    Optional<String> refusal = refusal(spacePath, sections, key);
    if (refusal.isPresent()) {
      problems.add(node.place() + ": " + refusal.get());
    } else if (dimension.isPresent()) {
      candidates(spacePath, key, node, dimension.get());
    }
  }

  /** The dimension, unless it has a problem, which binding the space reports. */
  private static Optional<SearchDimension> readable(ConfigNode node) {
    try {
      return Optional.of(SearchReader.read(node));
    } catch (InvalidValueException | IllegalArgumentException reportedByBinding) {
      return Optional.empty();
    }
  }

  private Optional<String> refusal(String spacePath, List<String> sections, String key) {
    ConfigSchema.Location location = schema.locate(key);
    boolean allowed = sections.contains(location.words().isEmpty() ? "" : location.words().get(0));
    if (location.type().isEmpty() || key.isEmpty()) {
      List<String> valid = allowedPaths(sections);
      String suggestion = Suggestions.forKey("", key, valid, valid);
      return Optional.of("unknown key " + Quoted.line(key) + " in " + spacePath + suggestion);
    }
    if (!allowed) {
      return Optional.of(
          "%s cannot vary %s; only keys of %s"
              .formatted(spacePath, key, String.join(", ", sections)));
    }
    return location.isLeaf()
        ? Optional.empty()
        : Optional.of(
            "%s cannot vary the section %s; name one of its keys".formatted(spacePath, key));
  }

  private List<String> allowedPaths(List<String> sections) {
    return schema.paths().stream()
        .filter(path -> sections.contains(schema.locate(path).words().get(0)))
        .toList();
  }

  private void candidates(
      String spacePath, String key, ConfigNode node, SearchDimension dimension) {
    ValueType type = schema.locate(key).type().orElseThrow();
    boolean real =
        dimension instanceof SearchDimension.Uniform
            || dimension instanceof SearchDimension.LogUniform;
    if (real && !(type instanceof ScalarType.Real)) {
      problems.add(
          "%s: %s: %s must be %s, which uniform and log_uniform do not draw; use int or choice"
              .formatted(node.place(), spacePath, key, type.described()));
      return;
    }
    for (ConfigNode candidate : SearchReader.candidates(node)) {
      fit(type, key, candidate.at(candidate.place() + ": " + spacePath));
    }
  }

  /** Binds a candidate alone, then, when that works, within its section. */
  private void fit(ValueType type, String key, ConfigNode candidate) {
    Binder alone = new Binder(schema);
    if (alone.bind(type, key, candidate).isEmpty()) {
      problems.addAll(alone.problems());
    } else if (sectionProblems(root, key).isEmpty()) {
      problems.addAll(sectionProblems(Overlay.set(schema, root, key, candidate), key));
    }
  }

  /** The problems of the innermost section that holds a key. */
  private List<String> sectionProblems(Mapping tree, String key) {
    List<String> words = schema.locate(key).words();
    int length = words.size() - 1;
    while (!(schema.locate(path(words, length)).type().orElseThrow() instanceof SectionType)) {
      length--;
    }
    String path = path(words, length);
    ConfigNode section =
        tree.find(words.subList(0, length)).orElse(SectionType.unset(tree.place()));
    Binder binder = new Binder(schema);
    binder.bind(schema.locate(path).type().orElseThrow(), path, section);
    return binder.problems();
  }

  private static String path(List<String> words, int length) {
    return String.join(".", words.subList(0, length));
  }
}
