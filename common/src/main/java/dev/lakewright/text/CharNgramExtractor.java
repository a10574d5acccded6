package dev.lakewright.text;

/**
 * Character n-grams within word boundaries, over code points, as scikit-learn's {@code char_wb}:
 * the text is split at white space, punctuation kept; each word is padded by one space on either
 * side; a padded word shorter than the shortest n-gram counts once as a whole.
 *
 * <p>White space is that of Unicode's property White_Space, which does not change between Unicode
 * versions, and the separators U+001C to U+001F, as Python's {@code str.split}.
 */
public final class CharNgramExtractor implements NgramExtractor {

  private final boolean lowerCase;
  private final NgramWindow window;

  /**
   * @param lowerCase whether letters are folded to lower case, one code point to one
   * @param shortest characters of the shortest n-gram, at least 1
   * @param longest characters of the longest n-gram
   */
  public CharNgramExtractor(boolean lowerCase, int shortest, int longest) {
    this.lowerCase = lowerCase;
    this.window = new NgramWindow(shortest, longest, false);
  }

  @Override
  public void extract(String text, TermConsumer consumer) {
    boolean inWord = false;
    for (int at = 0; at < text.length(); ) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      if (!isWhiteSpace(codePoint)) {
        if (!inWord) {
          startWord(consumer);
          inWord = true;
        }
        add(lowerCase ? toLowerCase(codePoint) : codePoint, consumer);
      } else if (inWord) {
        endWord(consumer);
        inWord = false;
      }
    }
    if (inWord) {
      endWord(consumer);
    }
  }

  private void startWord(TermConsumer consumer) {
    window.clear();
    add(' ', consumer);
  }

  private void endWord(TermConsumer consumer) {
    add(' ', consumer);
    window.endShortSequence(consumer);
  }

  private void add(int codePoint, TermConsumer consumer) {
    window.startUnit();
    window.append(codePoint);
    window.endUnit(consumer);
  }

  private static int toLowerCase(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint >= 'A' && codePoint <= 'Z' ? codePoint + ('a' - 'A') : codePoint;
    }
    return Character.toLowerCase(codePoint);
  }

  private static boolean isWhiteSpace(int codePoint) {
    if (codePoint < 0x80) {
      return codePoint == ' '
          || (codePoint >= '\t' && codePoint <= '\r')
          || (codePoint >= 0x1C && codePoint <= 0x1F);
    }
    return switch (codePoint) {
      case 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
      default -> codePoint >= 0x2000 && codePoint <= 0x200A;
    };
  }
}
