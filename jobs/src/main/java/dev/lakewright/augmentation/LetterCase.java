package dev.lakewright.augmentation;

import java.util.Locale;

/** How a word is written: what stands in for it is written alike. */
enum LetterCase {
  UPPER,
  CAPITALIZED,
  LOWER;

  static LetterCase of(String word) {
    if (!Character.isUpperCase(word.codePointAt(0))) {
      return LOWER;
    }
    boolean several = word.codePointCount(0, word.length()) > 1;
    return several && word.equals(word.toUpperCase(Locale.ROOT)) ? UPPER : CAPITALIZED;
  }

  String applyTo(String lower) {
    int first = Character.charCount(lower.codePointAt(0));
    return switch (this) {
      case UPPER -> lower.toUpperCase(Locale.ROOT);
      case CAPITALIZED ->
          lower.substring(0, first).toUpperCase(Locale.ROOT) + lower.substring(first);
      case LOWER -> lower;
    };
  }
}
