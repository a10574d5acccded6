package dev.lakewright.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a user may have meant by an unknown key or word. */
final class Suggestions {

  private static final int MOST = 3;

  private Suggestions() {}

  /**
   * The end of a message about an unknown key: the nearest valid key of its section and keys of the
   * same name in other sections; else the valid keys.
   *
   * @param section the path of the section the key was found in
   * @param siblings the valid keys of that section
   * @param paths the paths of all keys
   */
  static String forKey(
      String section, String key, Collection<String> siblings, Collection<String> paths) {
    Set<String> meant = new LinkedHashSet<>();
    nearest(key, siblings).ifPresent(near -> meant.add(ConfigSchema.join(section, near)));
    paths.stream()
        .filter(path -> path.equals(key) || path.endsWith("." + key))
        .limit(MOST)
        .forEach(meant::add);
    return meant.isEmpty()
        ? "; valid keys here: " + String.join(", ", siblings)
        : didYouMean(new ArrayList<>(meant));
  }

  /** The end of a message about a word that is none of some: the nearest, if one is near. */
  static String forWord(String word, Collection<String> words) {
    return nearest(word, words).map(near -> didYouMean(List.of(near))).orElse("");
  }

  private static String didYouMean(List<String> meant) {
    int last = meant.size() - 1;
    String text =
        last == 0
            ? meant.get(0)
            : String.join(", ", meant.subList(0, last)) + " or " + meant.get(last);
    return "; did you mean " + text + "?";
  }

  /** Fewest edits, at most a third of the word; then the longest common beginning; then first. */
  private static Optional<String> nearest(String word, Collection<String> candidates) {
    int most = Math.max(1, word.length() / 3);
    return candidates.stream()
        .filter(candidate -> distance(word, candidate) <= most)
        .min(
            Comparator.comparingInt((String candidate) -> distance(word, candidate))
                .thenComparingInt(candidate -> -commonPrefix(word, candidate)));
  }

  private static int commonPrefix(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return length;
  }

  /**
   * Edits (insert, delete, replace a character, swap two neighbours) between two words: the optimal
   * string alignment distance, after Damerau, "A technique for computer detection and correction of
   * spelling errors", CACM 7 (1964).
   */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          edits[i][j] = i + j;
          continue;
        }
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        edits[i][j] =
            Math.min(
                Math.min(edits[i - 1][j], edits[i][j - 1]) + 1,
                edits[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          edits[i][j] = Math.min(edits[i][j], edits[i - 2][j - 2] + 1);
        }
      }
    }
    return edits[a.length()][b.length()];
  }
}
