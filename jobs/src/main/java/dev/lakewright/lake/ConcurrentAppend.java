package dev.lakewright.lake;

import io.delta.exceptions.DeltaConcurrentModificationException;

/**
 * Appends to tables that other jobs write to as well. Appends do not conflict, but two jobs that
 * create a table at once do: then one waits for the other's commit and appends to it.
 */
public final class ConcurrentAppend {

  private static final int MOST_ATTEMPTS = 5;

  private ConcurrentAppend() {}

  /**
   * Runs a write again when another job's commit came in between.
   *
   * @param append one Delta commit that carries a transaction id, so that repeating it is harmless
   */
  public static void run(Runnable append) {
    for (int attempt = 1; ; attempt++) {
      try {
        append.run();
        return;
      } catch (DeltaConcurrentModificationException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
