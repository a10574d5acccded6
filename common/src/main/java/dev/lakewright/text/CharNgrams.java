package dev.lakewright.text;

import java.util.Arrays;

/**
 * Runs of characters (code points) within the words of a text, as scikit-learn's {@code char_wb}: a
 * word is what stands between white space, with one space added on both sides; a word shorter than
 * an n-gram counts once, whole. Reuses its buffers: one per thread.
 */
public final class CharNgrams {

  private final boolean lowerCase;
  private final int shortest;
  private final int longest;
  private final Utf8Buffer buffer = new Utf8Buffer();
  private int[] offsets = new int[64];

  /**
   * @param shortest characters in the shortest n-gram, at least 1
   * @param longest characters in the longest
   */
  public CharNgrams(boolean lowerCase, int shortest, int longest) {
    this.lowerCase = lowerCase;
    this.shortest = shortest;
    this.longest = longest;
  }

  /** Visits the n-grams of a text: word after word, the shortest first. */
  public void visit(String text, NgramVisitor visitor) {
    int at = 0;
    int length = text.length();
    while (at < length) {
      int codePoint = text.codePointAt(at);
      if (Character.isWhitespace(codePoint)) {
        at += Character.charCount(codePoint);
      } else {
        at = visitWord(text, at, visitor);
      }
    }
  }

  /** Lays out one padded word and visits its n-grams; returns where the word ends. */
  private int visitWord(String text, int start, NgramVisitor visitor) {
    buffer.clear();
    int characters = 0;
    characters = put(' ', characters);
    int at = start;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (Character.isWhitespace(codePoint)) {
        break;
      }
      characters = put(lowerCase ? Character.toLowerCase(codePoint) : codePoint, characters);
      at += Character.charCount(codePoint);
    }
    characters = put(' ', characters);
    offsets[characters] = buffer.size();
    visitNgrams(characters, visitor);
    return at;
  }

  private int put(int codePoint, int characters) {
    if (characters + 2 > offsets.length) {
      offsets = Arrays.copyOf(offsets, offsets.length * 2);
    }
    offsets[characters] = buffer.size();
    buffer.appendCodePoint(codePoint);
    return characters + 1;
  }

  private void visitNgrams(int characters, NgramVisitor visitor) {
    byte[] bytes = buffer.bytes();
    for (int n = shortest; n <= longest; n++) {
      if (characters <= n) {
        visitor.visit(bytes, 0, offsets[characters]);
        return;
      }
      for (int first = 0; first + n <= characters; first++) {
        visitor.visit(bytes, offsets[first], offsets[first + n]);
      }
    }
  }
}
