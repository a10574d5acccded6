package dev.lakewright.jobs;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Round after round of a job in one process. A round begins so long after the beginning of the one
 * before, or at once where that took longer.
 *
 * <table>
 * <caption>What becomes of a failed round</caption>
 * <tr><th>failure</th><th>then</th></tr>
 * <tr><td>configuration, or ended by the user</td><td>the last round</td></tr>
 * <tr><td>any other</td><td>one line; the next round tries again, after 1, 2, 4 ... seconds at least
 * </td></tr>
 * <tr><td>the fifth in a row</td><td>the last round</td></tr>
 * </table>
 */
final class Rounds {

  static final int MOST_FAILURES = 5;

  private final Duration every;
  private final Pause pause;
  private final Consumer<Failed> listener;
  private int failures;

  /** The time between rounds. */
  interface Pause {

    /** Waits, unless the job is to end: gives the exit code then. */
    OptionalInt ended(Duration most);
  }

  /** A round that failed, and is followed by another. */
  record Failed(Exception cause, Failure failure, int inARow, Duration pause) {

    @Override
    public String toString() {
      return "round failed (%d in a row; the job ends at %d): %s; the next begins in %.0f s"
          .formatted(inARow, MOST_FAILURES, failure.message(), pause.toMillis() / 1e3);
    }
  }

  /**
   * @param listener is told of rounds that failed and are followed by another
   */
  Rounds(Duration every, Pause pause, Consumer<Failed> listener) {
    this.every = every;
    this.pause = pause;
    this.listener = listener;
  }

  /** Goes on until a pause, or a failure, ends it; gives the exit code. */
  int run(Runnable round) {
    OptionalInt ended;
    do {
      ended = pause.ended(attempt(round));
    } while (ended.isEmpty());
    return ended.getAsInt();
  }

  /** Does a round; gives how long it is until the next. */
  private Duration attempt(Runnable round) {
    long started = System.nanoTime();
    try {
      round.run();
      failures = 0;
      return untilNext(started, Duration.ZERO);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      Failure failure = Failure.of(e);
      failures++;
      if (failure.isFinal() || failures == MOST_FAILURES) {
        throw e;
      }
      Duration rest = untilNext(started, Duration.ofSeconds(1L << (failures - 1)));
      listener.accept(new Failed(e, failure, failures, rest));
      return rest;
    }
  }

  private Duration untilNext(long started, Duration least) {
    Duration left = every.minusNanos(System.nanoTime() - started);
    return left.compareTo(least) > 0 ? left : least;
  }
}
