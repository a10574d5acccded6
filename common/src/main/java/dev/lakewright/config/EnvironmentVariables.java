package dev.lakewright.config;

import dev.lakewright.errors.ConfigException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts in the values of {@code ${NAME}} and {@code ${NAME:-default}}; {@code $${} is a plain one. */
final class EnvironmentVariables {

  private static final Pattern REFERENCE =
      Pattern.compile("\\$(\\$)?\\{([A-Za-z_][A-Za-z0-9_]*)(:-([^}]*))?}");

  private final Map<String, String> values;

  EnvironmentVariables(Map<String, String> values) {
    this.values = Map.copyOf(values);
  }

  /** Whether a text refers to a variable. */
  static boolean refers(String written) {
    Matcher matcher = REFERENCE.matcher(written);
    while (matcher.find()) {
      if (matcher.group(1) == null) {
        return true;
      }
    }
    return false;
  }

  String substitute(String written, String origin) {
    return REFERENCE
        .matcher(written)
        .replaceAll(match -> Matcher.quoteReplacement(value(match, origin)));
  }

  private String value(java.util.regex.MatchResult match, String origin) {
    if (match.group(1) != null) {
      return match.group().substring(1);
    }
    String name = match.group(2);
    String value = values.get(name);
    if (value != null && !value.isEmpty()) {
      return value;
    }
    if (match.group(3) == null) {
      throw new ConfigException(
          "%s: the environment variable %s is not set; set it, or give a default with ${%s:-...}"
              .formatted(origin, name, name));
    }
    return match.group(4);
  }
}
