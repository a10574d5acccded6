package dev.lakewright.config;

import dev.lakewright.config.ConfigNode.Disclosure;
import dev.lakewright.config.ConfigNode.Mapping;
import dev.lakewright.config.ConfigNode.Scalar;
import dev.lakewright.config.ConfigNode.Sequence;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes values that must not be shown out of messages that others wrote: a record's constructor
 * echoes values without knowing where they came from.
 */
final class Disclosures {

  private Disclosures() {}

  /** The message without any secret's or environment variable's value from beneath the node. */
  static String conceal(String message, ConfigNode node) {
    String concealed = message;
    if (node instanceof Scalar scalar && scalar.disclosure() != Disclosure.OPEN) {
      concealed = conceal(concealed, scalar.text(), scalar);
      if (Numerals.real(scalar.text()).isPresent()) {
        String asPrinted = Double.toString(Numerals.real(scalar.text()).getAsDouble());
        concealed = conceal(concealed, asPrinted, scalar);
      }
    } else if (node instanceof Sequence list) {
      for (ConfigNode item : list.items()) {
        concealed = conceal(concealed, item);
      }
    } else if (node instanceof Mapping mapping) {
      for (ConfigNode value : mapping.entries().values()) {
        concealed = conceal(concealed, value);
      }
    }
    return concealed;
  }

  private static String conceal(String message, String text, Scalar scalar) {
    if (text.isEmpty()) {
      return message;
    }
    // whole words only: a value of 1 must not turn every digit of the message into a mask
    Pattern value = Pattern.compile("(?<![\\w.])" + Pattern.quote(text) + "(?!\\w|\\.\\w)");
    return value.matcher(message).replaceAll(Matcher.quoteReplacement(scalar.shown()));
  }
}
