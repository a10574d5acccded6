package dev.lakewright.augmentation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The forms under which WordNet may list an inflected word: its irregular base forms, and those
 * that the rules of detachment give ({@code morphy(7WN)}). Forms that are no words are listed
 * nowhere.
 */
final class BaseForms {

  private final Map<String, List<String>> irregular;

  private BaseForms(Map<String, List<String>> irregular) {
    this.irregular = irregular;
  }

  /**
   * @param exceptions lines of a part's exception list: an inflected word and its base forms
   */
  static BaseForms of(Function<PartOfSpeech, List<String>> exceptions) {
    Map<String, List<String>> irregular = new HashMap<>();
    for (PartOfSpeech part : PartOfSpeech.values()) {
      for (String line : exceptions.apply(part)) {
        String[] fields = line.split(" ");
        List<String> forms = irregular.computeIfAbsent(fields[0], word -> new ArrayList<>());
        for (int i = 1; i < fields.length; i++) {
          forms.add(fields[i].replace('_', ' '));
        }
      }
    }
    return new BaseForms(irregular);
  }

  /** The word itself, then its base forms. */
  List<String> of(String word) {
    Set<String> forms = new LinkedHashSet<>();
    forms.add(word);
    List<String> known = irregular.get(word);
    if (known != null) {
      forms.addAll(known);
      return List.copyOf(forms);
    }
    for (PartOfSpeech part : PartOfSpeech.values()) {
      for (PartOfSpeech.Ending ending : part.endings()) {
        if (word.endsWith(ending.inflected()) && word.length() > ending.inflected().length() + 1) {
          forms.add(word.substring(0, word.length() - ending.inflected().length()) + ending.base());
        }
      }
    }
    return List.copyOf(forms);
  }
}
