package dev.lakewright.registry;

import dev.lakewright.errors.StorageException;
import java.util.SplittableRandom;

/**
 * How long to wait before a number is tried for again: anything up to a bound that doubles with
 * every race that was lost, so that those who lose together do not meet again.
 */
final class Pauses {

  private static final long FIRST_MILLIS = 10;
  private static final long LONGEST_MILLIS = 2000;

  private final SplittableRandom random = new SplittableRandom();

  /** Waits after a race, counted from 0, was lost. */
  void after(int race) {
    try {
      Thread.sleep(random.nextLong(bound(race) + 1));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StorageException("publishing was interrupted; nothing was published", e);
    }
  }

  /** The longest wait after a race, in milliseconds. */
  static long bound(int race) {
    return Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(race, 20));
  }
}
