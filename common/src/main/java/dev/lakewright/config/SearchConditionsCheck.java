package dev.lakewright.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks the conditions of one search space: a parent must be a choice of the space, must be able
 * to take the values asked for, and must not depend on its child.
 */
final class SearchConditionsCheck {

  private final String spacePath;
  private final Map<String, ConfigNode> nodes;
  private final Map<String, SearchDimension> dimensions;
  private final List<String> problems = new ArrayList<>();

  /**
   * @param dimensions those that can be read; conditions on others are not checked
   */
  private SearchConditionsCheck(
      String spacePath, Map<String, ConfigNode> nodes, Map<String, SearchDimension> dimensions) {
    this.spacePath = spacePath;
    this.nodes = nodes;
    this.dimensions = dimensions;
  }

  /** One line for each problem of the conditions. */
  static List<String> problems(
      String spacePath, Map<String, ConfigNode> nodes, Map<String, SearchDimension> dimensions) {
    SearchConditionsCheck check = new SearchConditionsCheck(spacePath, nodes, dimensions);
    dimensions.forEach(
        (child, dimension) ->
            dimension
                .conditions()
                .forEach((parent, values) -> check.condition(child, parent, values)));
    check.cycles();
    return check.problems;
  }

  private void condition(String child, String parent, List<Object> values) {
    if (!nodes.containsKey(parent)) {
      List<String> others = nodes.keySet().stream().filter(key -> !key.equals(child)).toList();
      report(
          child,
          parent,
          "when names %s, which is not in the space%s"
              .formatted(
                  Quoted.line(parent),
                  others.isEmpty() ? "" : Suggestions.forKey("", parent, others, others)));
      return;
    }
    SearchDimension dimension = dimensions.get(parent);
    if (dimension == null) {
      return;
    }
    if (!(dimension.unconditional() instanceof SearchDimension.Choice choice)) {
      report(
          child,
          parent,
          "when names %s, which is a range; a condition needs a choice, so list its values"
              .formatted(parent));
      return;
    }
    for (Object value : values) {
      if (!choice.values().contains(value)) {
        String problem =
            "when asks %s for %s, which it cannot take; it takes %s"
                .formatted(parent, Quoted.line(String.valueOf(value)), listed(choice.values()));
        report(child, parent, Disclosures.conceal(problem, nodes.get(parent)));
      }
    }
  }

  private static String listed(List<Object> values) {
    return Quoted.line(String.join(", ", values.stream().map(String::valueOf).toList()));
  }

  /** Each cycle once, at the first of its keys. */
  private void cycles() {
    Set<String> done = new HashSet<>();
    for (String start : dimensions.keySet()) {
      follow(start, new ArrayList<>(), done);
    }
  }

  private void follow(String key, List<String> path, Set<String> done) {
    int seen = path.indexOf(key);
    if (seen >= 0) {
      List<String> cycle = new ArrayList<>(path.subList(seen, path.size()));
      cycle.add(key);
      report(
          key,
          cycle.get(1),
          "when goes in a circle: %s; remove one of these conditions"
              .formatted(String.join(" needs ", cycle)));
      return;
    }
    SearchDimension dimension = dimensions.get(key);
    if (dimension == null || done.contains(key)) {
      return;
    }
    path.add(key);
    dimension.conditions().keySet().forEach(parent -> follow(parent, path, done));
    path.remove(path.size() - 1);
    done.add(key);
  }

  private void report(String child, String parent, String problem) {
    ConfigNode place =
        SearchReader.conditionNodes(nodes.get(child)).getOrDefault(parent, nodes.get(child));
    problems.add(
        "%s: %s: %s"
            .formatted(
                place.place(),
                ConfigSchema.join(spacePath, child),
                Disclosures.conceal(problem, nodes.get(child))));
  }
}
