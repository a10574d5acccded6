package dev.lakewright.augmentation;

import java.io.Serializable;
import java.util.SplittableRandom;

/**
 * One way to alter a text, as a pure function of its words and what is drawn. The ways are those of
 * Wei and Zou, "EDA: Easy data augmentation techniques for boosting performance on text
 * classification tasks" (2019), section 2, and typing errors.
 */
sealed interface Alteration extends Serializable
    permits SynonymReplacement, SynonymInsertion, RandomSwap, RandomDeletion, CharacterNoise {

  /**
   * Alters.
   *
   * @return as many words, null for one that is left out; equal to {@code words} where there is
   *     nothing to alter
   */
  String[] alter(String[] words, SplittableRandom random);

  /** How many changes a share of the words comes to: at least one. */
  static int changes(double share, int words) {
    return Math.max(1, (int) (share * words));
  }

  /** Puts places into a random order (Fisher and Yates). */
  static void shuffle(int[] places, SplittableRandom random) {
    for (int last = places.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int place = places[last];
      places[last] = places[other];
      places[other] = place;
    }
  }
}
