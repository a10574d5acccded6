package dev.lakewright.augmentation;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.errors.ConfigException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Altered copies of a text. The alterations that are switched on take turns over the copies of a
 * row, beginning with one that the row decides; one that can do nothing with a text gives way to
 * the next.
 */
public final class TextAugmentation implements Serializable {

  private static final long serialVersionUID = 1L;

  private final List<Alteration> alterations;

  private TextAugmentation(List<Alteration> alterations) {
    this.alterations = List.copyOf(alterations);
  }

  /**
   * As a configuration says.
   *
   * @throws ConfigException when it takes WordNet, which is not there
   */
  public static TextAugmentation of(AugmentationConfig config) {
    if (config.usesSynonyms()) {
      WordNet.require();
    }
    return of(config, new WordNet());
  }

  static TextAugmentation of(AugmentationConfig config, Thesaurus thesaurus) {
    List<Alteration> alterations = new ArrayList<>();
    if (config.synonyms() > 0) {
      alterations.add(new SynonymReplacement(config.synonyms(), thesaurus));
    }
    if (config.insertion() > 0) {
      alterations.add(new SynonymInsertion(config.insertion(), thesaurus));
    }
    if (config.swap() > 0) {
      alterations.add(new RandomSwap(config.swap()));
    }
    if (config.deletion() > 0) {
      alterations.add(new RandomDeletion(config.deletion()));
    }
    if (config.characterNoise() > 0) {
      alterations.add(new CharacterNoise(config.characterNoise()));
    }
    return new TextAugmentation(alterations);
  }

  /**
   * A copy of a text: the same for the same arguments, anywhere.
   *
   * @param draw of the row ({@link RecordDraw})
   * @param copy number of the copy, from 1
   * @return not empty unless {@code text} is; the text itself where no alteration can change it
   */
  public String augment(String text, long draw, int copy) {
    Tokens tokens = Tokens.of(text);
    String[] words = tokens.words();
    SplittableRandom random = new SplittableRandom(RecordDraw.of(draw, copy));
    int first = Math.floorMod(draw + copy, alterations.size());
    for (int turn = 0; turn < alterations.size(); turn++) {
      Alteration alteration = alterations.get((first + turn) % alterations.size());
      String[] altered = alteration.alter(words, random);
      if (!Arrays.equals(altered, words)) {
        return tokens.text(altered);
      }
    }
    return text;
  }

  /** Copies of a record's texts, each drawn on its own. */
  public String[] augment(String[] texts, long draw, int copy) {
    String[] altered = new String[texts.length];
    for (int column = 0; column < texts.length; column++) {
      altered[column] = augment(texts[column], draw + column * 31L * alterations.size(), copy);
    }
    return altered;
  }
}
