package dev.lakewright.augmentation;

import java.io.Serializable;

/** Words of the same meaning. */
interface Thesaurus extends Serializable {

  /**
   * Synonyms of a word, in a fixed order and lower case, some of several words; none for a word
   * that is unknown or only serves grammar. Do not change the array.
   *
   * @param word in lower case
   */
  String[] synonyms(String word);
}
