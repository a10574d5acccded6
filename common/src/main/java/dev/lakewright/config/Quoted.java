package dev.lakewright.config;

/** Text of a user, made fit for one line of a message. */
final class Quoted {

  private static final int LONGEST = 80;

  private Quoted() {}

  /** The text on one line, cut when long, between single quotes. */
  static String text(String text) {
    return "'" + line(text) + "'";
  }

  /** The text on one line, cut when long: control characters become escapes. */
  static String line(String text) {
    StringBuilder line = new StringBuilder();
    text.codePoints().limit(LONGEST).forEach(point -> append(line, point));
    if (text.codePointCount(0, text.length()) > LONGEST) {
      line.append("...");
    }
    return line.toString();
  }

  private static void append(StringBuilder line, int point) {
    switch (point) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (breaksLine(point)) {
          line.append(String.format("\\u%04x", point));
        } else {
          line.appendCodePoint(point);
        }
      }
    }
  }

  private static boolean breaksLine(int point) {
    int type = Character.getType(point);
    return type == Character.CONTROL
        || type == Character.LINE_SEPARATOR
        || type == Character.PARAGRAPH_SEPARATOR
        || type == Character.FORMAT;
  }
}
