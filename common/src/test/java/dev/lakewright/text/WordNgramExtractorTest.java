package dev.lakewright.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.FeaturesConfig.Language;
import java.util.List;
import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WordNgramExtractorTest {

  @Test
  void splitsAtUnicodeWordBoundaries() {
    assertThat(words(Language.STANDARD, "Free MONEY, e-mail it's 3.5 日本"))
        .containsExactly("free", "money", "e", "mail", "it's", "3.5", "日", "本");
  }

  @Test
  void splitsAtWhiteSpaceAlone() {
    assertThat(words(Language.WHITESPACE, "Free MONEY, e-mail"))
        .containsExactly("free", "money,", "e-mail");
  }

  @Test
  void stemsEnglishAndDropsItsStopWords() {
    assertThat(words(Language.ENGLISH, "The cat's running with the Dogs"))
        .containsExactly("cat", "run", "dog");
  }

  @Test
  void dropsEnglishStopWordsInAnyCase() {
    assertThat(Terms.of(new WordNgramExtractor(Language.ENGLISH, false, 1, 1), "The Cats"))
        .containsExactly("Cat");
  }

  @Test
  void findsChineseWordsAndLeavesEnglishUnstemmed() {
    assertThat(words(Language.CHINESE, "我购买了道具和服装，Running。"))
        .containsExactly("我", "购买", "了", "道具", "和", "服装", "running");
  }

  @Test
  void findsWordsOfScriptsWithoutSpaces() {
    assertThat(words(Language.ICU, "สวัสดีชาวโลก Hello"))
        .containsExactly("สวัสดี", "ชาว", "โลก", "hello");
  }

  @Test
  void joinsNeighboursByOneSpace() {
    assertThat(Terms.of(new WordNgramExtractor(Language.STANDARD, true, 1, 3), "a b,  c"))
        .containsExactly("a", "b", "a b", "c", "b c", "a b c");
  }

  @Test
  void givesOnlyTheLengthsAskedFor() {
    assertThat(Terms.of(new WordNgramExtractor(Language.STANDARD, true, 2, 2), "a b c"))
        .containsExactly("a b", "b c");
  }

  @Test
  void joinsNgramsAcrossTheWholeOfALongText() {
    String text = "a b ".repeat(100_000);

    assertThat(Terms.of(new WordNgramExtractor(Language.STANDARD, true, 2, 2), text))
        .hasSize(199_999)
        .containsOnly("a b", "b a");
  }

  @Test
  void splitsTokensOfMoreThan255Characters() {
    assertThat(words(Language.STANDARD, "x".repeat(600)))
        .containsExactly("x".repeat(255), "x".repeat(255), "x".repeat(90));
  }

  @Test
  void foldsCaseAlikeInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr"));
      assertThat(words(Language.STANDARD, "TITLE")).containsExactly("title");
    } finally {
      Locale.setDefault(before);
    }
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void takesATextOfTenMegabytes(Language language) {
    String text = "free money 中文 ".repeat(10_000_000 / 14);

    assertThat(Terms.count(new WordNgramExtractor(language, true, 1, 1), text))
        .isGreaterThan(2_000_000);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void readsOnAfterAConsumerFailed(Language language) {
    WordNgramExtractor extractor = new WordNgramExtractor(language, true, 1, 1);
    assertThatThrownBy(
            () ->
                extractor.extract(
                    "free money",
                    (bytes, start, end) -> {
                      throw new IllegalStateException("full");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("full");

    assertThat(Terms.of(extractor, "cheap money")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(Language.class)
  void takesUnpairedSurrogatesZeroWidthEmojiAndRightToLeft(Language language) {
    String text = "a\uD800b \uDC00\uD83D \u200B\uFEFFx \u202Eשלום عليكم 👩\u200D👩\u200D👧 \u0000";
    WordNgramExtractor extractor = new WordNgramExtractor(language, true, 1, 2);
    List<String> terms = Terms.of(extractor, text);

    assertThat(terms).isNotEmpty();
    assertThat(terms).allSatisfy(term -> assertThat(Utf8.wellFormed(term)).isEqualTo(term));
    assertThat(Terms.of(extractor, text)).isEqualTo(terms);
  }

  @Property(tries = 200)
  void anyTextGivesTheSameWellFormedTermsAgain(@ForAll Language language, @ForAll String text) {
    WordNgramExtractor used = new WordNgramExtractor(language, true, 1, 2);
    List<String> terms = Terms.of(used, text);

    assertThat(Terms.of(used, text)).isEqualTo(terms);
    assertThat(Terms.of(new WordNgramExtractor(language, true, 1, 2), text)).isEqualTo(terms);
    assertThat(terms).allSatisfy(term -> assertThat(Utf8.wellFormed(term)).isEqualTo(term));
  }

  private static List<String> words(Language language, String text) {
    return Terms.of(new WordNgramExtractor(language, true, 1, 1), text);
  }
}
