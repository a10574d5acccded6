package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StaleShadowTest {

  @Test
  void aNewerVersionStillChallenges() {
    assertThat(StaleShadow.told("letters", "shadow", 9, 8)).isEmpty();
  }

  @Test
  void theVersionItselfAndOlderOnesDoNotAndTheLineTellsHowToSetAnother() {
    assertThat(StaleShadow.told("letters", "shadow", 8, 8))
        .hasValue(
            "shadow version 8 of letters is the very version that it runs beside; point it to a newer one with: lakewright models promote letters VERSION --alias shadow");
    assertThat(StaleShadow.told("letters", "7", 7, 8))
        .hasValue(
            "shadow version 7 of letters is older than version 8, which it runs beside; name a newer one, or the alias shadow, instead of 7");
    assertThat(StaleShadow.told("letters", "latest", 8, 8).orElseThrow())
        .endsWith("instead of latest");
  }
}
