package dev.lakewright.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** WordNet 3.1, as its own browser shows it. */
class WordNetTest {

  private final WordNet wordNet = new WordNet();

  @Test
  void synonymsAreThoseOfAllSensesInAFixedOrder() {
    assertThat(wordNet.synonyms("happy")).containsExactly("felicitous", "glad", "well-chosen");
    assertThat(wordNet.synonyms("quickly"))
        .containsExactly(
            "apace",
            "chop-chop",
            "cursorily",
            "in short order",
            "promptly",
            "quick",
            "rapidly",
            "speedily");
  }

  @Test
  void inflectedWordsHaveTheSynonymsOfTheirBaseForms() {
    assertThat(wordNet.synonyms("dogs")).contains("domestic dog", "hound").doesNotContain("dog");
    assertThat(wordNet.synonyms("went")).contains("travel").doesNotContain("go");
    assertThat(wordNet.synonyms("happiest")).contains("glad");
    assertThat(wordNet.synonyms("running")).contains("streak");
  }

  @Test
  void wordsThatServeGrammarAndUnknownOnesHaveNone() {
    assertThat(wordNet.synonyms("i")).isEmpty();
    assertThat(wordNet.synonyms("don’t")).isEmpty();
    assertThat(wordNet.synonyms("qwrtzp")).isEmpty();
    assertThat(wordNet.synonyms("今")).isEmpty();
  }
}
