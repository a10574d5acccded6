package dev.lakewright.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The alterations against their definitions, on numbered words that have numbered synonyms. */
class AlterationTest {

  private static final Thesaurus NUMBERED = word -> new String[] {word + "-a", word + "-b"};

  private static String[] words(int count) {
    return IntStream.range(0, count).mapToObj(i -> "word" + i).toArray(String[]::new);
  }

  private static int expected(double share, int words) {
    return Math.max(1, (int) (share * words));
  }

  private static long differing(String[] left, String[] right) {
    return IntStream.range(0, left.length).filter(i -> !left[i].equals(right[i])).count();
  }

  @Property
  void asManyWordsAsTheShareSaysBecomeSynonyms(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share,
      @ForAll long seed) {
    String[] words = words(count);
    String[] altered =
        new SynonymReplacement(share, NUMBERED).alter(words, new SplittableRandom(seed));
    assertThat(differing(words, altered)).isEqualTo(expected(share, count));
    for (int i = 0; i < count; i++) {
      assertThat(altered[i]).isIn(words[i], words[i] + "-a", words[i] + "-b");
    }
  }

  @Test
  void aWordIsReplacedWhereverItStandsAndWrittenAsItWas() {
    Thesaurus one = word -> word.equals("good") ? new String[] {"well"} : new String[0];
    String[] words = {"Good", "dogs", "GOOD", "good"};
    assertThat(new SynonymReplacement(0.1, one).alter(words, new SplittableRandom(1)))
        .containsExactly("Well", "dogs", "WELL", "well");
  }

  @Property
  void asManySynonymsAreInsertedAsTheShareSays(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share,
      @ForAll long seed) {
    String[] altered =
        new SynonymInsertion(share, NUMBERED).alter(words(count), new SplittableRandom(seed));
    String[] all = String.join(" ", altered).split(" ");
    assertThat(Stream.of(all).filter(word -> word.contains("-"))).hasSize(expected(share, count));
    assertThat(Stream.of(all).filter(word -> !word.contains("-"))).containsExactly(words(count));
  }

  @Property
  void swappingKeepsEveryWordAndMovesAtMostTwoPerSwap(
      @ForAll @IntRange(min = 2, max = 60) int count,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share,
      @ForAll long seed) {
    String[] altered = new RandomSwap(share).alter(words(count), new SplittableRandom(seed));
    assertThat(altered).containsExactlyInAnyOrder(words(count));
    long moved = differing(words(count), altered);
    assertThat(moved).isLessThanOrEqualTo(2L * expected(share, count));
    if (expected(share, count) == 1) {
      assertThat(moved).isEqualTo(2);
    }
  }

  @Property
  void deletionLeavesOutSomeWordsButNotAll(
      @ForAll @IntRange(min = 2, max = 60) int count,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share,
      @ForAll long seed) {
    String[] altered = new RandomDeletion(share).alter(words(count), new SplittableRandom(seed));
    long left = Stream.of(altered).filter(Objects::nonNull).count();
    assertThat(left).isBetween(1L, count - 1L);
  }

  @Test
  void deletionTakesEachWordWithTheProbability() {
    SplittableRandom random = new SplittableRandom(3);
    long left = 0;
    for (int i = 0; i < 100; i++) {
      left +=
          Stream.of(new RandomDeletion(0.2).alter(words(1000), random))
              .filter(Objects::nonNull)
              .count();
    }
    assertThat(left / 1e5).isBetween(0.795, 0.805);
  }

  @Property
  void asManyWordsAreMistypedAsTheShareSaysByOneSlipEach(
      @ForAll @IntRange(min = 1, max = 60) int count,
      @ForAll @DoubleRange(min = 0.01, max = 1) double share,
      @ForAll long seed) {
    String[] words = words(count);
    String[] altered = new CharacterNoise(share).alter(words, new SplittableRandom(seed));
    assertThat(differing(words, altered)).isEqualTo(expected(share, count));
    for (int i = 0; i < count; i++) {
      assertThat(Math.abs(altered[i].length() - words[i].length())).isLessThanOrEqualTo(1);
      assertThat(altered[i]).endsWith(Integer.toString(i));
    }
  }

  @Property
  void oneWordIsNeitherSwappedNorLeftOutAndOneLetterNotMistyped(@ForAll long seed) {
    String[] word = {"a"};
    for (Alteration alteration :
        new Alteration[] {new RandomSwap(1), new RandomDeletion(1), new CharacterNoise(1)}) {
      assertThat(Arrays.equals(alteration.alter(word, new SplittableRandom(seed)), word)).isTrue();
    }
  }
}
