package dev.lakewright.config;

import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Decimal numbers as the YAML 1.2 core schema writes them (section 10.3.2), and nothing that Java
 * would accept besides, such as {@code 1d} or {@code 0x1p3}.
 */
final class Numerals {

  private static final Pattern WHOLE = Pattern.compile("[-+]?[0-9]+");
  private static final Pattern REAL =
      Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

  private Numerals() {}

  static boolean isNumber(String text) {
    return REAL.matcher(text).matches();
  }

  static boolean isWhole(String text) {
    return WHOLE.matcher(text).matches();
  }

  /** The whole number; empty if the text is none or it does not fit 64 bits. */
  static OptionalLong whole(String text) {
    if (!isWhole(text)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException tooLong) {
      return OptionalLong.empty();
    }
  }

  /** The number; empty if the text is none or it is beyond the range of double. */
  static OptionalDouble real(String text) {
    if (!isNumber(text)) {
      return OptionalDouble.empty();
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
  }

  /** A bound for people: 100, not 100.0. */
  static String shown(double bound) {
    return bound == Math.rint(bound) && Math.abs(bound) < 1e15
        ? Long.toString((long) bound)
        : Double.toString(bound);
  }
}
