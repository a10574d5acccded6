package dev.lakewright.text;

import java.io.Reader;

/** A reader of strings that can be opened again, so that a text costs no reader of its own. */
final class ReusableReader extends Reader {

  private String text = "";
  private int at;

  void open(String newText) {
    text = newText;
    at = 0;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    int count = Math.min(length, text.length() - at);
    if (count <= 0) {
      return -1;
    }
    text.getChars(at, at + count, target, offset);
    at += count;
    return count;
  }

  @Override
  public void close() {
    text = "";
    at = 0;
  }
}
