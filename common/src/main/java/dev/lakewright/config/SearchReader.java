package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import dev.lakewright.config.ConfigNode.Unresolved;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the YAML forms of a {@link SearchDimension}. */
final class SearchReader {

  private static final List<String> FORMS =
      List.of("choice", "uniform", "log_uniform", "int", "log_int");
  private static final String STEP = "step";
  private static final String WHEN = "when";

  private SearchReader() {}

  /**
   * The dimension that a node describes.
   *
   * @throws IllegalArgumentException as the dimension's constructor throws it
   */
  static SearchDimension read(ConfigNode node) throws InvalidValueException {
    if (node instanceof Sequence list) {
      return new SearchDimension.Choice(values(list));
    }
    if (!(node instanceof Mapping mapping)) {
      throw InvalidValueException.expected(new SearchType().described(), node);
    }
    requireKnownKeys(mapping);
    Map.Entry<String, ConfigNode> form = form(mapping);
    SearchDimension dimension = read(form.getKey(), form.getValue(), entry(mapping, STEP));
    Optional<ConfigNode> when = entry(mapping, WHEN);
    return when.isEmpty()
        ? dimension
        : new SearchDimension.Conditional(dimension, conditions(when.get()));
  }

  private static SearchDimension read(String form, ConfigNode values, Optional<ConfigNode> step)
      throws InvalidValueException {
    if (step.isPresent() && !form.equals("uniform") && !form.equals("int")) {
      throw new InvalidValueException(
          step.get(), "cannot have a step beside " + form + "; step goes with uniform or int");
    }
    return switch (form) {
      case "choice" -> new SearchDimension.Choice(values(list(form, values)));
      case "uniform" -> uniform(real(form, values, 0), real(form, values, 1), step);
      case "log_uniform" ->
          new SearchDimension.LogUniform(real(form, values, 0), real(form, values, 1));
      case "int" ->
          new SearchDimension.IntegerRange(
              whole(form, values, 0),
              whole(form, values, 1),
              step.isPresent() ? whole(step(step.get())) : 1);
      default ->
          new SearchDimension.LogIntegerRange(whole(form, values, 0), whole(form, values, 1));
    };
  }

  private static SearchDimension uniform(double low, double high, Optional<ConfigNode> step)
      throws InvalidValueException {
    return step.isPresent()
        ? new SearchDimension.SteppedUniform(low, high, real(step(step.get())))
        : new SearchDimension.Uniform(low, high);
  }

  /** The nodes of a choice's values, or of both ends of a range, of a node that can be read. */
  static List<ConfigNode> candidates(ConfigNode node) {
    ConfigNode values = node instanceof Mapping mapping ? forms(mapping).get(0).getValue() : node;
    return ((Sequence) values).items();
  }

  /** The nodes of a condition: parents to the value or values asked for; empty for none. */
  static Map<String, ConfigNode> conditionNodes(ConfigNode node) {
    if (node instanceof Mapping mapping && entry(mapping, WHEN).orElse(null) instanceof Mapping w) {
      return w.entries();
    }
    return Map.of();
  }

  /** The values that a condition allows: a list's, or a lone one. */
  static List<Object> allowed(ConfigNode node) throws InvalidValueException {
    return resolved(node) instanceof Sequence list ? values(list) : List.of(value(node));
  }

  private static void requireKnownKeys(Mapping mapping) throws InvalidValueException {
    for (String key : mapping.entries().keySet()) {
      String name = ScalarType.canonical(key);
      if (!FORMS.contains(name) && !name.equals(STEP) && !name.equals(WHEN)) {
        throw new InvalidValueException(
            mapping,
            "knows no %s; use one of %s, with step or when beside it if needed"
                .formatted(Quoted.line(key), String.join(", ", FORMS)));
      }
    }
  }

  /** The one entry that says the form. */
  private static Map.Entry<String, ConfigNode> form(Mapping mapping) throws InvalidValueException {
    List<Map.Entry<String, ConfigNode>> forms = forms(mapping);
    if (forms.size() != 1) {
      throw new InvalidValueException(
          mapping,
          "must have exactly one of %s, not %s"
              .formatted(
                  String.join(", ", FORMS),
                  forms.isEmpty()
                      ? "none"
                      : String.join(" and ", forms.stream().map(Map.Entry::getKey).toList())));
    }
    return forms.get(0);
  }

  private static List<Map.Entry<String, ConfigNode>> forms(Mapping mapping) {
    return mapping.entries().entrySet().stream()
        .map(entry -> Map.entry(ScalarType.canonical(entry.getKey()), entry.getValue()))
        .filter(entry -> FORMS.contains(entry.getKey()))
        .toList();
  }

  private static Optional<ConfigNode> entry(Mapping mapping, String name) {
    return mapping.entries().entrySet().stream()
        .filter(entry -> ScalarType.canonical(entry.getKey()).equals(name))
        .map(Map.Entry::getValue)
        .filter(node -> !node.isUnset())
        .findFirst();
  }

  private static Map<String, List<Object>> conditions(ConfigNode node)
      throws InvalidValueException {
    if (!(resolved(node) instanceof Mapping mapping) || mapping.entries().isEmpty()) {
      throw new InvalidValueException(
          node,
          "must have {when: {other.key: [values]}} with keys of the space, not " + node.shown());
    }
    Map<String, List<Object>> conditions = new LinkedHashMap<>();
    for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
      List<Object> allowed = allowed(entry.getValue());
      if (allowed.isEmpty()) {
        throw new InvalidValueException(
            entry.getValue(), "needs at least one value in when of " + Quoted.line(entry.getKey()));
      }
      conditions.put(entry.getKey(), allowed);
    }
    return conditions;
  }

  private static Sequence list(String form, ConfigNode node) throws InvalidValueException {
    if (resolved(node) instanceof Sequence list) {
      return list;
    }
    throw InvalidValueException.expected("{" + form + ": [...]}", node);
  }

  private static double real(String form, ConfigNode range, int end) throws InvalidValueException {
    return real(end(form, range, end));
  }

  private static long whole(String form, ConfigNode range, int end) throws InvalidValueException {
    return whole(end(form, range, end));
  }

  private static double real(Scalar scalar) throws InvalidValueException {
    return (Double) new ScalarType.Real(Range.UNBOUNDED).read(scalar);
  }

  private static long whole(Scalar scalar) throws InvalidValueException {
    return (Long) new ScalarType.Whole(false, Range.UNBOUNDED).read(scalar);
  }

  private static Scalar step(ConfigNode node) throws InvalidValueException {
    if (resolved(node) instanceof Scalar scalar) {
      return scalar;
    }
    throw InvalidValueException.expected("{step: number}", node);
  }

  private static Scalar end(String form, ConfigNode range, int end) throws InvalidValueException {
    Sequence list = list(form, range);
    if (list.items().size() == 2 && resolved(list.items().get(end)) instanceof Scalar scalar) {
      return scalar;
    }
    throw new InvalidValueException(range, "must be {" + form + ": [low, high]} with two numbers");
  }

  private static List<Object> values(Sequence list) throws InvalidValueException {
    List<Object> values = new ArrayList<>(list.items().size());
    for (ConfigNode item : list.items()) {
      values.add(value(item));
    }
    return values;
  }

  private static Object value(ConfigNode node) throws InvalidValueException {
    if (resolved(node) instanceof Sequence list) {
      return values(list);
    }
    if (node instanceof Mapping || node.isUnset()) {
      throw new InvalidValueException(node, "cannot have a candidate that is " + node.shown());
    }
    return PlainValues.of((Scalar) node);
  }

  private static ConfigNode resolved(ConfigNode node) throws InvalidValueException {
    if (node instanceof Unresolved unresolved) {
      throw new InvalidValueException(node, unresolved.problem());
    }
    return node;
  }
}
