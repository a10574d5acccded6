package dev.lakewright.config;

import dev.lakewright.errors.ConfigException;

/** One {@code --set key.path=value}. */
record Assignment(String path, ConfigNode value) {

  /** Characters that cannot begin a YAML value of one line, but may well begin a text. */
  private static final String TEXT_MARKS = "*,%@`|>#";

  /**
   * Reads {@code key.path=value}. The value is YAML, so that {@code [1, 2]} is a list.
   *
   * @throws ConfigException if there is no key or the value is not valid YAML
   */
  static Assignment parse(String assignment, Environment environment) {
    int equals = assignment.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException(
          "--set needs key.path=value, such as --set data.table=lake/mail, not "
              + (Secrets.named(assignment) ? "its hidden value" : Quoted.text(assignment)));
    }
    String path = assignment.substring(0, equals).strip();
    String place = "--set " + Quoted.line(path);
    return new Assignment(
        path, value(path, place, assignment.substring(equals + 1).strip(), environment));
  }

  private static ConfigNode value(
      String path, String place, String value, Environment environment) {
    if (!value.isEmpty() && TEXT_MARKS.indexOf(value.charAt(0)) >= 0 && !value.contains("\n")) {
      return environment.substitute(place, value, false, Secrets.named(path));
    }
    return YamlReader.read(value, path, line -> place, environment)
        .orElseGet(() -> environment.substitute(place, "", true, Secrets.named(path)));
  }
}
