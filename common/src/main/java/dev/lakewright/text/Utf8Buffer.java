package dev.lakewright.text;

import java.util.Arrays;

/** A growing run of UTF-8 bytes. Unpaired surrogates become U+FFFD, so that any text has bytes. */
final class Utf8Buffer {

  private static final int REPLACEMENT = 0xFFFD;

  private byte[] bytes = new byte[1024];
  private int size;

  byte[] bytes() {
    return bytes;
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Appends UTF-16 text. */
  void append(char[] text, int length) {
    for (int i = 0; i < length; i++) {
      char c = text[i];
      if (c < 0x80) {
        reserve(1);
        bytes[size++] = (byte) c;
      } else if (!Character.isSurrogate(c)) {
        appendCodePoint(c);
      } else if (Character.isHighSurrogate(c)
          && i + 1 < length
          && Character.isLowSurrogate(text[i + 1])) {
        appendCodePoint(Character.toCodePoint(c, text[++i]));
      } else {
        appendCodePoint(REPLACEMENT);
      }
    }
  }

  /** Appends one code point; a surrogate becomes U+FFFD. */
  void appendCodePoint(int codePoint) {
    int c = codePoint >= 0xD800 && codePoint <= 0xDFFF ? REPLACEMENT : codePoint;
    reserve(4);
    if (c < 0x80) {
      bytes[size++] = (byte) c;
    } else if (c < 0x800) {
      bytes[size++] = (byte) (0xC0 | c >> 6);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else if (c < 0x10000) {
      bytes[size++] = (byte) (0xE0 | c >> 12);
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    } else {
      bytes[size++] = (byte) (0xF0 | c >> 18);
      bytes[size++] = (byte) (0x80 | c >> 12 & 0x3F);
      bytes[size++] = (byte) (0x80 | c >> 6 & 0x3F);
      bytes[size++] = (byte) (0x80 | c & 0x3F);
    }
  }

  private void reserve(int more) {
    if (size + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8L, bytes.length * 2L));
    }
  }
}
