package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Disclosure;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Substitutes {@code ${NAME}} and {@code ${NAME:-default}} in values. As in a POSIX shell, the
 * default stands in for a variable that is unset or empty. {@code $${} is a literal {@code ${}.
 */
record Environment(Map<String, String> variables) {

  /** No variables: for text that nobody may have put a variable into. */
  static final Environment NONE = new Environment(Map.of());

  private static final Pattern REFERENCE =
      Pattern.compile("\\$\\$\\{|\\$\\{(?:([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\})?");

  Environment {
    variables = Map.copyOf(variables);
  }

  /** The value with its variables substituted, or what is wrong with them. */
  ConfigNode substitute(String place, String written, boolean plain, boolean secret) {
    StringBuilder text = new StringBuilder();
    boolean substituted = false;
    Matcher reference = REFERENCE.matcher(written);
    while (reference.find()) {
      String name = reference.group(1);
      String value = "${";
      if (name != null) {
        value = variables.getOrDefault(name, "");
        if (value.isEmpty() && reference.group(2) != null) {
          value = reference.group(2);
        } else if (!variables.containsKey(name)) {
          return new ConfigNode.Unresolved(place, written, unset(name));
        }
        substituted = true;
      } else if (reference.group().equals("${")) {
        return new ConfigNode.Unresolved(
            place, written, "holds ${ without NAME}: write ${NAME}, ${NAME:-default} or $${");
      }
      reference.appendReplacement(text, Matcher.quoteReplacement(value));
    }
    reference.appendTail(text);
    return new ConfigNode.Scalar(
        place, written, text.toString(), plain || substituted, disclosure(substituted, secret));
  }

  private static String unset(String name) {
    return "needs the environment variable %s, which is not set: export it or write ${%s:-default}"
        .formatted(name, name);
  }

  /** How a literal text is written so that substitution gives it back. */
  static String escaped(String text) {
    return text.replace("${", "$${");
  }

  private static Disclosure disclosure(boolean substituted, boolean secret) {
    if (secret) {
      return Disclosure.SECRET;
    }
    return substituted ? Disclosure.ENVIRONMENT : Disclosure.OPEN;
  }
}
