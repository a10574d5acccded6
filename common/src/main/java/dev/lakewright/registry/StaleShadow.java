package dev.lakewright.registry;

import java.util.Optional;

/**
 * A version that runs beside another to challenge it, and does not any more: it is that version, or
 * was published before it. Numbers tell, since they count up; no clock is asked.
 */
public final class StaleShadow {

  /** The alias of versions that run beside the champion. */
  public static final String ALIAS = "shadow";

  private StaleShadow() {}

  /**
   * What is to be said of a shadow, with the cure; empty where it is the newer one.
   *
   * @param reference names the shadow: an alias, {@code latest}, or a number
   * @param shadow its version
   * @param champion the version that it runs beside
   */
  public static Optional<String> told(String model, String reference, int shadow, int champion) {
    if (shadow > champion) {
      return Optional.empty();
    }
    String state =
        shadow == champion
            ? "is the very version that it runs beside"
            : "is older than version %d, which it runs beside".formatted(champion);
    return Optional.of(
        "shadow version %d of %s %s; %s".formatted(shadow, model, state, cure(model, reference)));
  }

  private static String cure(String model, String reference) {
    return reference.equals(ALIAS)
        ? "point it to a newer one with: lakewright models promote %s VERSION --alias %s"
            .formatted(model, ALIAS)
        : "name a newer one, or the alias %s, instead of %s".formatted(ALIAS, reference);
  }
}
