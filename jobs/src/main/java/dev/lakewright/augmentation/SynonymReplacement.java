package dev.lakewright.augmentation;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Replaces {@code max(1, share × words)} different words by one of their synonyms, each wherever it
 * stands (EDA's synonym replacement); fewer where fewer have synonyms.
 *
 * @param share of the words, > 0
 */
record SynonymReplacement(double share, Thesaurus thesaurus) implements Alteration {

  @Override
  public String[] alter(String[] words, SplittableRandom random) {
    Set<String> different = new LinkedHashSet<>();
    String[] lower = new String[words.length];
    for (int i = 0; i < words.length; i++) {
      lower[i] = words[i].toLowerCase(Locale.ROOT);
      different.add(lower[i]);
    }
    String[] candidates = different.toArray(String[]::new);
    int[] order = new int[candidates.length];
    Arrays.setAll(order, i -> i);
    Alteration.shuffle(order, random);
    String[] altered = words.clone();
    int left = Alteration.changes(share, words.length);
    for (int i = 0; i < order.length && left > 0; i++) {
      String[] synonyms = thesaurus.synonyms(candidates[order[i]]);
      if (synonyms.length > 0) {
        String synonym = synonyms[random.nextInt(synonyms.length)];
        replace(candidates[order[i]], synonym, lower, altered);
        left--;
      }
    }
    return altered;
  }

  private static void replace(String word, String synonym, String[] lower, String[] altered) {
    for (int i = 0; i < altered.length; i++) {
      if (lower[i].equals(word)) {
        altered[i] = LetterCase.of(altered[i]).applyTo(synonym);
      }
    }
  }
}
