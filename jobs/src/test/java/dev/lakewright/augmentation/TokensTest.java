package dev.lakewright.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What counts as a word of a text, and what stays as it is. */
class TokensTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "Don't worry, be happy!          | Don't worry be happy",
        "state-of-the-art 3rd            | state of the art 3rd",
        "'quoted' rock'n'roll'           | quoted rock'n'roll",
        "see https://t.co/aB?c=d now     | see now",
        "WWW.Example.org or x://y        | or",
        "mail me@example.org, please     | mail please",
        "@user_1 hi .@other #so_cool!    | hi",
        "you &amp; me &#39; &c           | you me c",
        "今天好 today                     | 今 天 好 today",
        "cafe\u0301 👩\u200d🚀 naïve        | cafe\u0301 naïve"
      })
  void wordsAreRunsOfLettersAndDigitsOutsideAddressesAndTags(String text, String words) {
    assertThat(Tokens.of(text).words()).containsExactly(words.split(" "));
  }

  @Test
  void aWordThatIsLeftOutTakesASpaceWithIt() {
    Tokens tokens = Tokens.of("one two, three four");
    assertThat(tokens.text(new String[] {null, "two", null, "four"})).isEqualTo("two, four");
    assertThat(tokens.text(new String[] {"one", null, "three", null})).isEqualTo("one , three");
  }

  @Property
  void theWordsInTheirOwnPlacesGiveBackTheText(@ForAll String text) {
    Tokens tokens = Tokens.of(text);
    assertThat(tokens.text(tokens.words())).isEqualTo(text);
  }
}
