package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
      Map<String, ConfigNode> nodes = new LinkedHashMap<>(space.entries());
      nodes.values().removeIf(ConfigNode::isUnset);
      Map<String, SearchDimension> dimensions = new LinkedHashMap<>();
      nodes.forEach((key, node) -> readable(node).ifPresent(read -> dimensions.put(key, read)));
      List<String> ofConditions = SearchConditionsCheck.problems(path, nodes, dimensions);
      nodes.forEach(
          (key, node) -> {
            Mapping tree = ofConditions.isEmpty() ? active(key, root, dimensions, nodes) : root;
            dimension(path, sections, key, node, tree);
          });
      problems.addAll(ofConditions);
    }
  }

  /**
   * The configuration in which a key of the space is part of the point: its parents, and theirs,
   * have the first value that is asked for.
   */
  private Mapping active(
      String key,
      Mapping base,
      Map<String, SearchDimension> dimensions,
      Map<String, ConfigNode> nodes) {
    Mapping tree = base;
    if (dimensions.containsKey(key)) {
      for (Map.Entry<String, List<Object>> when : dimensions.get(key).conditions().entrySet()) {
        String parent = when.getKey();
        ConfigNode value =
            PlainValues.node(
                when.getValue().get(0), nodes.get(parent).place(), Secrets.named(parent));
        tree = Overlay.set(schema, active(parent, tree, dimensions, nodes), parent, value);
      }
    }
    return tree;
  }

  private void dimension(
      String spacePath, List<String> sections, String key, ConfigNode node, Mapping tree) {
    Optional<SearchDimension> dimension = readable(node);
    Optional<String> refusal = refusal(spacePath, sections, key);
    if (refusal.isPresent()) {
      problems.add(node.place() + ": " + refusal.get());
    } else if (dimension.isPresent()) {
      candidates(spacePath, key, node, dimension.get().unconditional(), tree);
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
    if (location.type().isEmpty() || key.isEmpty()) {
      List<String> valid = allowedPaths(sections);
      String suggestion = Suggestions.forKey("", key, valid, valid);
      return Optional.of("unknown key " + Quoted.line(key) + " in " + spacePath + suggestion);
    }
    if (!sections.contains(location.words().get(0))) {
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
      String spacePath, String key, ConfigNode node, SearchDimension dimension, Mapping tree) {
    ValueType type = schema.locate(key).type().orElseThrow();
    boolean real =
        dimension instanceof SearchDimension.Uniform
            || dimension instanceof SearchDimension.SteppedUniform
            || dimension instanceof SearchDimension.LogUniform;
    if (real && !(type instanceof ScalarType.Real)) {
      problems.add(
          "%s: %s: %s must be %s, which uniform and log_uniform do not draw; use int, log_int or choice"
              .formatted(node.place(), spacePath, key, type.described()));
      return;
    }
    for (ConfigNode candidate : SearchReader.candidates(node)) {
      fit(type, key, candidate.at(candidate.place() + ": " + spacePath), tree);
    }
  }

  /** Binds a candidate alone, then, when that works, within its section. */
  private void fit(ValueType type, String key, ConfigNode candidate, Mapping tree) {
    Binder alone = new Binder(schema);
    if (alone.bind(type, key, candidate).isEmpty()) {
      problems.addAll(alone.problems());
    } else if (sectionProblems(tree, key).isEmpty()) {
      problems.addAll(sectionProblems(Overlay.set(schema, tree, key, candidate), key));
    }
  }

  /** The problems of the innermost section that holds a key. */
  private List<String> sectionProblems(Mapping tree, String key) {
    ConfigSchema.Location section = schema.locate(schema.locate(key).section());
    ConfigNode node = tree.find(section.words()).orElse(SectionType.unset(tree.place()));
    Binder binder = new Binder(schema);
    binder.bind(section.type().orElseThrow(), String.join(".", section.words()), node);
    return binder.problems();
  }
}
