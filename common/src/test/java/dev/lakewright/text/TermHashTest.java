package dev.lakewright.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TermHashTest {

  /** Made by Python's mmh3 5.x, {@code mmh3.hash(term, 0)}, which scikit-learn agrees with. */
  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "a, 1009084850",
    "ab, -1681926305",
    "abc, -1277324294",
    "abcd, 1139631978",
    "hello, 613153351",
    "free money, -905306296",
    "Привет, 698543816",
    "日本語, -1515949417",
    "😀, -1095487750",
    "the quick brown fox jumps over the lazy dog, 48128767"
  })
  void agreesWithReferenceVectors(String term, int hash) {
    byte[] bytes = term.getBytes(StandardCharsets.UTF_8);

    assertThat(TermHash.of(bytes, 0, bytes.length)).isEqualTo(hash);
  }

  @Test
  void readsOnlyTheGivenSlice() {
    byte[] bytes = "xxabcx".getBytes(StandardCharsets.UTF_8);

    assertThat(TermHash.of(bytes, 2, 5)).isEqualTo(-1277324294);
  }
}
