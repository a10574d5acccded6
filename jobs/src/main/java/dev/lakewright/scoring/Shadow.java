package dev.lakewright.scoring;

import java.util.Optional;

/**
 * A version that scores beside the champion and decides nothing.
 *
 * @param version its number; empty when it cannot be used
 * @param model the version's; empty when it cannot be used, so that its columns are null
 */
public record Shadow(Optional<Integer> version, Optional<PortableModel> model) {

  /** One that can be used. */
  public static Shadow of(int version, PortableModel model) {
    return new Shadow(Optional.of(version), Optional.of(model));
  }

  /** One that cannot. */
  public static Shadow unusable() {
    return new Shadow(Optional.empty(), Optional.empty());
  }
}
