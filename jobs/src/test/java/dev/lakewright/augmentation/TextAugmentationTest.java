package dev.lakewright.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.config.AugmentationConfig.Partners;
import dev.lakewright.config.AugmentationConfig.Target;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Copies of texts, by all alterations together. */
class TextAugmentationTest {

  private static final String TWEET =
      "@user I really love this happy little dog, see https://t.co/x1 &amp; smile #goodDog 😀";

  private static final TextAugmentation ALL = of(0.3, 0.3, 0.3, 0.3, 0.3);

  private static TextAugmentation of(
      double synonyms, double swap, double deletion, double insertion, double noise) {
    return TextAugmentation.of(
        new AugmentationConfig(
            4,
            synonyms,
            swap,
            deletion,
            insertion,
            noise,
            Target.MAJORITY,
            Map.of(),
            0,
            0.2,
            Partners.SAME,
            7));
  }

  @Property(tries = 500)
  void noTextBreaksItOrBecomesEmpty(
      @ForAll String text, @ForAll long draw, @ForAll @IntRange(min = 1, max = 9) int copy) {
    String copied = ALL.augment(text, draw, copy);
    assertThat(copied.isEmpty()).isEqualTo(text.isEmpty());
    assertThat(ALL.augment(text, draw, copy)).isEqualTo(copied);
  }

  @Property(tries = 200)
  void addressesMentionsHashtagsEntitiesAndSymbolsStay(
      @ForAll long draw, @ForAll @IntRange(min = 1, max = 9) int copy) {
    assertThat(ALL.augment(TWEET, draw, copy))
        .isNotEqualTo(TWEET)
        .containsSubsequence("@user", "https://t.co/x1", "&amp;", "#goodDog", "😀");
  }

  @Test
  void alterationsTakeTurnsOverTheCopiesOfARow() {
    TextAugmentation two = of(0, 0.1, 0.1, 0, 0);
    for (int copy = 1; copy < 9; copy += 2) {
      int words = Tokens.of(two.augment("a b c d e", 2, copy)).words().length;
      int next = Tokens.of(two.augment("a b c d e", 2, copy + 1)).words().length;
      assertThat(words == 5).isNotEqualTo(next == 5);
    }
  }

  @Test
  void anAlterationThatCanDoNothingGivesWayToTheNext() {
    TextAugmentation synonymsOrSwap = of(0.1, 0.1, 0, 0, 0);
    assertThat(IntStream.range(1, 9).mapToObj(copy -> synonymsOrSwap.augment("xq yq", 1, copy)))
        .containsOnly("yq xq");
  }

  @Test
  void copiesDifferByRowNumberAndColumn() {
    assertThat(IntStream.range(1, 6).mapToObj(copy -> ALL.augment(TWEET, 1, copy)).distinct())
        .hasSizeGreaterThan(3);
    assertThat(IntStream.range(1, 6).mapToObj(draw -> ALL.augment(TWEET, draw, 1)).distinct())
        .hasSizeGreaterThan(3);
    String[] columns = ALL.augment(new String[] {TWEET, TWEET}, 1, 1);
    assertThat(columns[0]).isNotEqualTo(columns[1]);
  }

  @Test
  void theSameCopyIsMadeInEveryRelease() {
    assertThat(ALL.augment("the quick brown fox jumps over the lazy dog", 5, 1))
        .isEqualTo("play tricks embrown the quick brown fox jumps over the lazy dog");
  }
}
