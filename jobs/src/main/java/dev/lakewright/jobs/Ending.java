package dev.lakewright.jobs;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * SIGTERM and Ctrl-C while a job stays: the first ends it after the round under way, the second
 * kills.
 */
final class Ending implements Rounds.Pause, AutoCloseable {

  private static final List<String> SIGNALS = List.of("TERM", "INT");

  /** What shells add to a signal's number to tell of a process that it ended. */
  private static final int BY_SIGNAL = 128;

  private final Progress progress;
  private final CountDownLatch asked = new CountDownLatch(1);
  private final AtomicInteger exitCode = new AtomicInteger();
  private Map<Signal, SignalHandler> before = Map.of();

  private Ending(Progress progress) {
    this.progress = progress;
  }

  static Ending listen(Progress progress) {
    Ending ending = new Ending(progress);
    ending.before =
        SIGNALS.stream()
            .map(Signal::new)
            .collect(
                Collectors.toMap(
                    signal -> signal, signal -> Signal.handle(signal, ending::request)));
    return ending;
  }

  private void request(Signal signal) {
    int code = BY_SIGNAL + signal.getNumber();
    if (!exitCode.compareAndSet(0, code)) {
      Runtime.getRuntime().halt(code);
    }
    asked.countDown();
    progress.say("ending after the round under way; a second signal ends at once");
  }

  @Override
  public OptionalInt ended(Duration most) {
    try {
      return asked.await(most.toNanos(), TimeUnit.NANOSECONDS)
          ? OptionalInt.of(exitCode.get())
          : OptionalInt.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between rounds", e);
    }
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
