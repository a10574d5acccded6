package dev.lakewright.augmentation;

import java.util.ArrayList;
import java.util.List;

/**
 * A text cut into words and what lies between them: spaces, punctuation, symbols, and whatever must
 * stay as it is (addresses, {@code @mentions}, {@code #hashtags}, character entities). A word is a
 * run of letters, digits and their marks, with apostrophes inside; an ideograph is one of its own.
 */
final class Tokens {

  private final List<String> parts = new ArrayList<>();
  private final List<Boolean> words = new ArrayList<>();
  private int size;

  private Tokens() {}

  /** Cuts a text; runs in linear time on any string, ill-formed ones included. */
  static Tokens of(String text) {
    Tokens tokens = new Tokens();
    int at = 0;
    while (at < text.length()) {
      int end = endOfChunk(text, at);
      if (end == at) {
        end = endOfSpace(text, at);
        tokens.add(text.substring(at, end), false);
      } else if (isAddress(text, at, end)) {
        tokens.add(text.substring(at, end), false);
      } else {
        tokens.cutChunk(text, at, end);
      }
      at = end;
    }
    return tokens;
  }

  private void add(String part, boolean word) {
    parts.add(part);
    words.add(word);
    size += word ? 1 : 0;
  }

  private static int endOfChunk(String text, int start) {
    int at = start;
    while (at < text.length() && !isSpace(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static int endOfSpace(String text, int start) {
    int at = start;
    while (at < text.length() && isSpace(text.codePointAt(at))) {
      at += Character.charCount(text.codePointAt(at));
    }
    return at;
  }

  private static boolean isSpace(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }

  /** Whether a chunk between spaces is a web or mail address, or holds one. */
  private static boolean isAddress(String text, int start, int end) {
    if (text.regionMatches(true, start, "www.", 0, 4)) {
      return true;
    }
    for (int at = start + 1; at < end - 1; at++) {
      boolean scheme = text.charAt(at) == ':' && text.startsWith("://", at) && at + 2 < end;
      boolean mail =
          text.charAt(at) == '@'
              && isWord(text.codePointBefore(at))
              && isWord(text.codePointAt(at + 1));
      if (scheme || mail) {
        return true;
      }
    }
    return false;
  }

  private void cutChunk(String text, int start, int end) {
    int at = start;
    while (at < end) {
      int next = endOfTag(text, at, end);
      if (next > at) {
        add(text.substring(at, next), false);
      } else if (Character.isLetterOrDigit(text.codePointAt(at))) {
        next = endOfWord(text, at, end);
        add(text.substring(at, next), true);
      } else {
        next = at + Character.charCount(text.codePointAt(at));
        add(text.substring(at, next), false);
      }
      at = next;
    }
  }

  /** End of a mention, a hashtag or an entity that starts here; {@code start} if none does. */
  private static int endOfTag(String text, int start, int end) {
    char sign = text.charAt(start);
    if (sign != '@' && sign != '#' && sign != '&') {
      return start;
    }
    int from = sign == '&' && text.startsWith("#", start + 1) ? start + 2 : start + 1;
    int at = from;
    while (at < end && (isWord(text.codePointAt(at)) || text.charAt(at) == '_')) {
      at += Character.charCount(text.codePointAt(at));
    }
    if (at == from) {
      return start;
    }
    if (sign != '&') {
      return at;
    }
    return at < end && text.charAt(at) == ';' ? at + 1 : start;
  }

  private static int endOfWord(String text, int start, int end) {
    int first = text.codePointAt(start);
    int at = start + Character.charCount(first);
    boolean alone = Character.isIdeographic(first);
    while (at < end) {
      int point = text.codePointAt(at);
      boolean goesOn =
          isMark(point)
              || (!alone && isWord(point) && !Character.isIdeographic(point))
              || (!alone && isInnerApostrophe(text, at, end));
      if (!goesOn) {
        break;
      }
      at += Character.charCount(point);
    }
    return at;
  }

  private static boolean isInnerApostrophe(String text, int at, int end) {
    char sign = text.charAt(at);
    return (sign == '\'' || sign == '\u2019')
        && at + 1 < end
        && Character.isLetter(text.codePointAt(at + 1));
  }

  private static boolean isWord(int point) {
    return Character.isLetterOrDigit(point) || isMark(point);
  }

  private static boolean isMark(int point) {
    return switch (Character.getType(point)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }

  /** The words, in their order: an array of the caller's own. */
  String[] words() {
    String[] found = new String[size];
    int next = 0;
    for (int part = 0; part < parts.size(); part++) {
      if (words.get(part)) {
        found[next++] = parts.get(part);
      }
    }
    return found;
  }

  /**
   * The text with other words in the places of its own.
   *
   * @param altered one per word; null leaves the word out, and a space beside it
   */
  String text(String[] altered) {
    StringBuilder text = new StringBuilder();
    int next = 0;
    boolean dropped = false;
    for (int part = 0; part < parts.size(); part++) {
      if (words.get(part)) {
        String word = altered[next++];
        dropped = word == null;
        text.append(dropped ? "" : word);
      } else {
        boolean redundant = dropped && parts.get(part).isBlank() && endsBlank(text);
        text.append(redundant ? "" : parts.get(part));
        dropped = false;
      }
    }
    return dropped ? text.toString().stripTrailing() : text.toString();
  }

  private static boolean endsBlank(StringBuilder text) {
    return text.isEmpty() || isSpace(text.codePointBefore(text.length()));
  }
}
