package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import dev.lakewright.config.ConfigNode.Unresolved;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads the YAML forms of a {@link SearchDimension}. */
final class SearchReader {

  private static final List<String> FORMS = List.of("choice", "uniform", "log_uniform", "int");

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
    if (!(node instanceof Mapping mapping) || mapping.entries().size() != 1) {
      throw InvalidValueException.expected(new SearchType().described(), node);
    }
    Map.Entry<String, ConfigNode> entry = onlyEntry(mapping);
    String form = ScalarType.canonical(entry.getKey());
    ConfigNode values = entry.getValue();
    return switch (form) {
      case "choice" -> new SearchDimension.Choice(values(list(form, values)));
      case "uniform" -> new SearchDimension.Uniform(real(form, values, 0), real(form, values, 1));
      case "log_uniform" ->
          new SearchDimension.LogUniform(real(form, values, 0), real(form, values, 1));
      case "int" ->
          new SearchDimension.IntegerRange(whole(form, values, 0), whole(form, values, 1));
      default ->
          throw new InvalidValueException(
              node,
              "knows no %s; use one of %s"
                  .formatted(Quoted.line(entry.getKey()), String.join(", ", FORMS)));
    };
  }

  /** The nodes of a choice's values, or of both ends of a range, of a node that can be read. */
  static List<ConfigNode> candidates(ConfigNode node) {
    ConfigNode values = node instanceof Mapping form ? onlyEntry(form).getValue() : node;
    return ((Sequence) values).items();
  }

  private static Map.Entry<String, ConfigNode> onlyEntry(Mapping mapping) {
    return mapping.entries().entrySet().iterator().next();
  }

  private static Sequence list(String form, ConfigNode node) throws InvalidValueException {
    if (node instanceof Sequence list) {
      return list;
    }
    throw InvalidValueException.expected("{" + form + ": [...]}", node);
  }

  private static double real(String form, ConfigNode range, int end) throws InvalidValueException {
    return (Double) new ScalarType.Real(Range.UNBOUNDED).read(end(form, range, end));
  }

  private static long whole(String form, ConfigNode range, int end) throws InvalidValueException {
    return (Long) new ScalarType.Whole(false, Range.UNBOUNDED).read(end(form, range, end));
  }

  private static Scalar end(String form, ConfigNode range, int end) throws InvalidValueException {
    Sequence list = list(form, range);
    if (list.items().size() == 2 && list.items().get(end) instanceof Scalar scalar) {
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
    if (node instanceof Unresolved unresolved) {
      throw new InvalidValueException(node, unresolved.problem());
    }
    if (node instanceof Sequence list) {
      return values(list);
    }
    if (node instanceof Mapping || node.isUnset()) {
      throw new InvalidValueException(node, "cannot have a candidate that is " + node.shown());
    }
    return PlainValues.of((Scalar) node);
  }
}
