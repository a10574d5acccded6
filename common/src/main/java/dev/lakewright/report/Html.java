package dev.lakewright.report;

/** Text made safe for HTML and SVG. */
final class Html {

  private static final int MOST_LENGTH = 20_000;

  private Html() {}

  /** Escapes a text; control characters become visible, what is very long is cut. */
  static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    int length = Math.min(text.length(), MOST_LENGTH);
    for (int at = 0; at < length; ) {
      int c = text.codePointAt(at);
      at += Character.charCount(c);
      switch (c) {
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '&' -> safe.append("&amp;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        default -> append(c, safe);
      }
    }
    return text.length() > MOST_LENGTH ? safe.append(" …").toString() : safe.toString();
  }

  private static void append(int c, StringBuilder safe) {
    boolean white = c == '\n' || c == '\t';
    boolean control = (c < 0x20 && !white) || (c >= 0x7f && c < 0xa0);
    boolean noCharacter = (c >= 0xFFFE && c <= 0xFFFF) || (c >= 0xD800 && c <= 0xDFFF);
    if (control || noCharacter) {
      safe.append('\uFFFD');
    } else {
      safe.appendCodePoint(c);
    }
  }

  /** Text in an isolated direction, so that right-to-left names do not turn what stands around. */
  static String isolated(String text) {
    return "<bdi>" + escape(text) + "</bdi>";
  }

  /** A text for a chart's label, cut to a number of characters. */
  static String label(String text, int characters) {
    int count = text.codePointCount(0, text.length());
    return escape(
        count <= characters
            ? text
            : text.substring(0, text.offsetByCodePoints(0, characters - 1)) + "…");
  }
}
