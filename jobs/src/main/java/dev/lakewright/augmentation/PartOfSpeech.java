package dev.lakewright.augmentation;

import java.util.List;
import java.util.Locale;

/** WordNet's parts of speech, each with the endings of its inflected words. */
enum PartOfSpeech {
  NOUN(
      ending("s", ""),
      ending("ses", "s"),
      ending("xes", "x"),
      ending("zes", "z"),
      ending("ches", "ch"),
      ending("shes", "sh"),
      ending("men", "man"),
      ending("ies", "y")),
  VERB(
      ending("s", ""),
      ending("ies", "y"),
      ending("es", "e"),
      ending("es", ""),
      ending("ed", "e"),
      ending("ed", ""),
      ending("ing", "e"),
      ending("ing", "")),
  ADJ(ending("er", ""), ending("est", ""), ending("er", "e"), ending("est", "e")),
  ADV;

  /** What an inflected word ends in, and its base form instead. */
  record Ending(String inflected, String base) {}

  private final List<Ending> endings;

  PartOfSpeech(Ending... endings) {
    this.endings = List.of(endings);
  }

  private static Ending ending(String inflected, String base) {
    return new Ending(inflected, base);
  }

  List<Ending> endings() {
    return endings;
  }

  /** The part's name in WordNet's file names. */
  String extension() {
    return name().toLowerCase(Locale.ROOT);
  }
}
