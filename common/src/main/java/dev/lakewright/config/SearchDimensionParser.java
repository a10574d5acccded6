package dev.lakewright.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The YAML forms of {@link SearchDimension}. */
final class SearchDimensionParser {

  private static final String FORMS =
      "must be a list of values or one of {choice: [...]}, {uniform: [low, high]},"
          + " {log_uniform: [low, high]}, {int: [low, high]}, not ";

  private SearchDimensionParser() {}

  static SearchDimension parse(ConfigNode node) {
    if (node instanceof ConfigNode.Sequence sequence) {
      return choice(sequence);
    }
    if (node instanceof ConfigNode.Mapping mapping && mapping.entries().size() == 1) {
      Map.Entry<String, ConfigNode> only = mapping.entries().entrySet().iterator().next();
      if (only.getValue() instanceof ConfigNode.Sequence sequence) {
        return parse(only.getKey(), sequence);
      }
    }
    throw new IllegalArgumentException(FORMS + ScalarParser.shown(node));
  }

  private static SearchDimension parse(String form, ConfigNode.Sequence sequence) {
    return switch (form) {
      case "choice" -> choice(sequence);
      case "uniform" -> {
        double[] range = range(sequence);
        yield new SearchDimension.Uniform(range[0], range[1]);
      }
      case "log_uniform" -> {
        double[] range = range(sequence);
        yield new SearchDimension.LogUniform(range[0], range[1]);
      }
      case "int" -> {
        requireTwo(sequence);
        yield new SearchDimension.IntegerRange(
            (Long) ScalarParser.parse(long.class, sequence.items().get(0)),
            (Long) ScalarParser.parse(long.class, sequence.items().get(1)));
      }
      default -> throw new IllegalArgumentException(FORMS + "{" + form + ": ...}");
    };
  }

  private static SearchDimension choice(ConfigNode.Sequence sequence) {
    return new SearchDimension.Choice(
        sequence.items().stream().map(SearchDimensionParser::plain).toList());
  }

  private static double[] range(ConfigNode.Sequence sequence) {
    requireTwo(sequence);
    return new double[] {
      (Double) ScalarParser.parse(double.class, sequence.items().get(0)),
      (Double) ScalarParser.parse(double.class, sequence.items().get(1))
    };
  }

  private static void requireTwo(ConfigNode.Sequence sequence) {
    if (sequence.items().size() != 2) {
      throw new IllegalArgumentException(
          "needs [low, high], not " + sequence.items().size() + " values");
    }
  }

  /** A node as plain Java values: number, boolean, text, list or map. */
  static Object plain(ConfigNode node) {
    if (node instanceof ConfigNode.Scalar scalar) {
      return scalar.plain() ? typed(scalar) : scalar.text();
    }
    if (node instanceof ConfigNode.Sequence sequence) {
      List<Object> values = new ArrayList<>();
      sequence.items().forEach(item -> values.add(plain(item)));
      return values;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    ((ConfigNode.Mapping) node).entries().forEach((key, value) -> values.put(key, plain(value)));
    return values;
  }

  private static Object typed(ConfigNode.Scalar scalar) {
    for (Class<?> type : List.of(long.class, double.class, boolean.class)) {
      try {
        return ScalarParser.parse(type, scalar);
      } catch (IllegalArgumentException other) {
        continue;
      }
    }
    return scalar.text();
  }
}
