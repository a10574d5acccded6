package dev.lakewright.text;

import java.io.Reader;

/** Reads strings one after the other without a new reader for each. */
final class TextReader extends Reader {

  private String text = "";
  private int at;

  /** Starts on another string. */
  void reset(String next) {
    text = next;
    at = 0;
  }

  @Override
  public int read(char[] buffer, int offset, int length) {
    if (at == text.length()) {
      return length == 0 ? 0 : -1;
    }
    int count = Math.min(length, text.length() - at);
    text.getChars(at, at + count, buffer, offset);
    at += count;
    return count;
  }

  /** Lets go of the string. */
  @Override
  public void close() {
    reset("");
  }
}
