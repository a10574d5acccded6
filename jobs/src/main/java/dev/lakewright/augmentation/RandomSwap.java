package dev.lakewright.augmentation;

import java.util.SplittableRandom;

/**
 * Swaps two words, {@code max(1, share × words)} times (EDA's random swap).
 *
 * @param share of the words, > 0
 */
record RandomSwap(double share) implements Alteration {

  @Override
  public String[] alter(String[] words, SplittableRandom random) {
    String[] altered = words.clone();
    if (words.length < 2) {
      return altered;
    }
    for (int change = Alteration.changes(share, words.length); change > 0; change--) {
      int one = random.nextInt(words.length);
      int other = random.nextInt(words.length - 1);
      other += other >= one ? 1 : 0;
      String word = altered[one];
      altered[one] = altered[other];
      altered[other] = word;
    }
    return altered;
  }
}
