package dev.lakewright.config;

import java.util.List;

/** A value that does not fit its key: where it was written and what the key wants instead. */
final class InvalidValueException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String place;

  /**
   * @param message continues the key's name, such as {@code must be a number, not 'abc'}
   */
  InvalidValueException(ConfigNode node, String message) {
    super(message);
    this.place = node.place();
  }

  /** "must be (what was expected), not (what the node is)". */
  static InvalidValueException expected(String what, ConfigNode node) {
    return new InvalidValueException(node, "must be " + what + ", not " + node.shown());
  }

  /** The same of a scalar that is none of some words, with the nearest. */
  static InvalidValueException expectedOneOf(
      List<String> words, String described, ConfigNode.Scalar scalar) {
    boolean open = scalar.disclosure() == ConfigNode.Disclosure.OPEN;
    String nearest = open ? Suggestions.forWord(ScalarType.canonical(scalar.text()), words) : "";
    return new InvalidValueException(
        scalar, "must be " + described + ", not " + scalar.shown() + nearest);
  }

  String place() {
    return place;
  }
}
