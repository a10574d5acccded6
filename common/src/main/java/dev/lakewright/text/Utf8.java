package dev.lakewright.text;

import java.nio.charset.StandardCharsets;

/** UTF-8 in which any Java string has a form: an unpaired surrogate is written as U+FFFD. */
public final class Utf8 {

  /** Most bytes of one code point. */
  static final int MAX_BYTES = 4;

  private static final int REPLACEMENT = 0xFFFD;

  private Utf8() {}

  /**
   * Writes one code point at {@code out[at]}, where {@link #MAX_BYTES} must be free.
   *
   * @return the place after it
   */
  static int encode(int codePoint, byte[] out, int at) {
    if (codePoint < 0x80) {
      out[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      out[at] = (byte) (0xC0 | (codePoint >> 6));
      out[at + 1] = (byte) (0x80 | (codePoint & 0x3F));
      return at + 2;
    }
    if (codePoint < 0x10000) {
      int scalar = isSurrogate(codePoint) ? REPLACEMENT : codePoint;
      out[at] = (byte) (0xE0 | (scalar >> 12));
      out[at + 1] = (byte) (0x80 | ((scalar >> 6) & 0x3F));
      out[at + 2] = (byte) (0x80 | (scalar & 0x3F));
      return at + 3;
    }
    out[at] = (byte) (0xF0 | (codePoint >> 18));
    out[at + 1] = (byte) (0x80 | ((codePoint >> 12) & 0x3F));
    out[at + 2] = (byte) (0x80 | ((codePoint >> 6) & 0x3F));
    out[at + 3] = (byte) (0x80 | (codePoint & 0x3F));
    return at + 4;
  }

  /** The bytes of a string. */
  public static byte[] bytes(String string) {
    return wellFormed(string).getBytes(StandardCharsets.UTF_8);
  }

  /** The string of {@code bytes[start .. end)}. */
  public static String string(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }

  /** The string itself when every surrogate is paired; else with each unpaired one replaced. */
  public static String wellFormed(String string) {
    for (int at = 0; at < string.length(); ) {
      int codePoint = string.codePointAt(at);
      if (isSurrogate(codePoint)) {
        return replaceUnpaired(string);
      }
      at += Character.charCount(codePoint);
    }
    return string;
  }

  private static String replaceUnpaired(String string) {
    StringBuilder replaced = new StringBuilder(string.length());
    string
        .codePoints()
        .map(codePoint -> isSurrogate(codePoint) ? REPLACEMENT : codePoint)
        .forEach(replaced::appendCodePoint);
    return replaced.toString();
  }

  private static boolean isSurrogate(int codePoint) {
    return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
  }
}
