package dev.lakewright.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists of n-grams are scikit-learn 1.9's, {@code CountVectorizer(analyzer="char_wb")}. */
class CharNgramExtractorTest {

  @Test
  void givesTheNgramsOfScikitLearn() {
    assertThat(Terms.of(extractor(3, 5), "Hi  you!"))
        .containsExactlyInAnyOrder(
            " hi", "hi ", " hi ", " yo", "you", "ou!", "u! ", " you", "you!", "ou! ", " you!",
            "you! ");
  }

  @Test
  void countsCodePointsNotBytesOrCharacters() {
    assertThat(Terms.of(extractor(3, 5), "über 日本語"))
        .containsExactlyInAnyOrder(
            " üb", "übe", "ber", "er ", " übe", "über", "ber ", " über", "über ", " 日本", "日本語",
            "本語 ", " 日本語", "日本語 ", " 日本語 ");
    assertThat(Terms.of(extractor(3, 3), "a😀b")).containsExactly(" a😀", "a😀b", "😀b ");
  }

  @Test
  void padsWordsEvenForSingleCharacters() {
    assertThat(Terms.of(extractor(1, 2), "ab c"))
        .containsExactlyInAnyOrder(" ", "a", "b", " ", " a", "ab", "b ", " ", "c", " ", " c", "c ");
  }

  @Test
  void givesAShortWordOnceAsAWhole() {
    assertThat(Terms.of(extractor(3, 5), "a")).containsExactly(" a ");
    assertThat(Terms.of(extractor(5, 7), "ab cd")).containsExactly(" ab ", " cd ");
  }

  @Test
  void keepsCaseWhenNotAskedToFoldIt() {
    assertThat(Terms.of(new CharNgramExtractor(false, 4, 4), "Äb")).containsExactly(" Äb ");
    assertThat(Terms.of(new CharNgramExtractor(true, 4, 4), "Äb")).containsExactly(" äb ");
  }

  @ParameterizedTest
  @ValueSource(strings = {" ", "\t", "\r\n", "\u00A0", "\u2003", "\u2028", "\u3000", "\u001F"})
  void splitsAtEveryKindOfWhiteSpace(String space) {
    assertThat(Terms.of(extractor(3, 3), space + "a" + space + "b" + space))
        .containsExactly(" a ", " b ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u200B", "\u200D", "\u200F", "\uFEFF"})
  void keepsZeroWidthAndDirectionMarksInWords(String mark) {
    assertThat(Terms.of(extractor(5, 5), "a" + mark + "b")).containsExactly(" a" + mark + "b ");
  }

  @Test
  void readsUnpairedSurrogatesAsReplacementCharacters() {
    assertThat(Terms.of(extractor(4, 4), "a\uD800")).containsExactly(" a\uFFFD ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t \n"})
  void findsNothingWhereThereIsNoWord(String blank) {
    assertThat(Terms.of(extractor(1, 3), blank)).isEmpty();
  }

  @Test
  void takesAWordOfTenMillionCharacters() {
    int length = 10_000_000;

    assertThat(Terms.count(extractor(3, 5), "x".repeat(length)))
        .isEqualTo((length + 2 - 2L) + (length + 2 - 3L) + (length + 2 - 4L));
  }

  private static CharNgramExtractor extractor(int shortest, int longest) {
    return new CharNgramExtractor(true, shortest, longest);
  }
}
