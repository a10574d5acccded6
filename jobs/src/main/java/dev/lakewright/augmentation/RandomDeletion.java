package dev.lakewright.augmentation;

import java.util.SplittableRandom;

/**
 * Leaves out each word with a probability (EDA's random deletion). Where none falls, one does, so
 * that a copy differs; where all would, one stays.
 *
 * @param probability of a word to be left out, > 0
 */
record RandomDeletion(double probability) implements Alteration {

  @Override
  public String[] alter(String[] words, SplittableRandom random) {
    String[] altered = words.clone();
    if (words.length < 2) {
      return altered;
    }
    int left = words.length;
    for (int i = 0; i < words.length; i++) {
      if (random.nextDouble() < probability) {
        altered[i] = null;
        left--;
      }
    }
    int chosen = random.nextInt(words.length);
    if (left == words.length) {
      altered[chosen] = null;
    } else if (left == 0) {
      altered[chosen] = words[chosen];
    }
    return altered;
  }
}
