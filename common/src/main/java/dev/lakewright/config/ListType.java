package dev.lakewright.config;

/** A list; of text, a lone scalar counts as a list of one. */
record ListType(ValueType element) implements ValueType {

  boolean acceptsLoneScalar() {
    return element instanceof ScalarType.Text;
  }

  @Override
  public String described() {
    return "a list of " + plural(element.described());
  }

  private static String plural(String described) {
    return switch (described) {
      case "a number" -> "numbers";
      case "a whole number" -> "whole numbers";
      default -> described;
    };
  }
}
