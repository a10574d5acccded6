package dev.lakewright.augmentation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Inserts a synonym of some word at a random place, {@code max(1, share × words)} times (EDA's
 * random insertion).
 *
 * @param share of the words, > 0
 */
record SynonymInsertion(double share, Thesaurus thesaurus) implements Alteration {

  @Override
  public String[] alter(String[] words, SplittableRandom random) {
    String[] altered = words.clone();
    List<String[]> found = new ArrayList<>();
    for (String word : words) {
      String[] synonyms = thesaurus.synonyms(word.toLowerCase(Locale.ROOT));
      if (synonyms.length > 0) {
        found.add(synonyms);
      }
    }
    if (found.isEmpty()) {
      return altered;
    }
    for (int change = Alteration.changes(share, words.length); change > 0; change--) {
      String[] synonyms = found.get(random.nextInt(found.size()));
      insert(synonyms[random.nextInt(synonyms.length)], random.nextInt(words.length + 1), altered);
    }
    return altered;
  }

  private static void insert(String phrase, int place, String[] words) {
    if (place < words.length) {
      words[place] = phrase + " " + words[place];
    } else {
      words[place - 1] = words[place - 1] + " " + phrase;
    }
  }
}
