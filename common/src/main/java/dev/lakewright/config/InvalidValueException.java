package dev.lakewright.config;

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

  String place() {
    return place;
  }
}
