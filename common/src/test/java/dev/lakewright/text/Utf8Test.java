package dev.lakewright.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class Utf8Test {

  @Property
  void encodesEveryCodePointAsThePlatformDoes(
      @ForAll @IntRange(max = Character.MAX_CODE_POINT) int codePoint) {
    byte[] encoded = new byte[Utf8.MAX_BYTES];
    int length = Utf8.encode(codePoint, encoded, 0);

    assertThat(Utf8.string(encoded, 0, length))
        .isEqualTo(Utf8.wellFormed(new String(Character.toChars(codePoint))));
    assertThat(length)
        .isEqualTo(Utf8.string(encoded, 0, length).getBytes(StandardCharsets.UTF_8).length);
  }

  @Test
  void replacesUnpairedSurrogates() {
    assertThat(Utf8.wellFormed("a\uD83Db\uDE00")).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(Utf8.bytes("\uD83D")).isEqualTo("\uFFFD".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keepsPairedSurrogates() {
    String emoji = "a😀";

    assertThat(Utf8.wellFormed(emoji)).isSameAs(emoji);
  }
}
