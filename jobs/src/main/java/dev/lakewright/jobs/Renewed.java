package dev.lakewright.jobs;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What is started when it is first asked for, and again when it is asked for after it was lost. */
final class Renewed<T> implements Supplier<T> {

  private final Supplier<T> start;
  private final Predicate<T> lost;
  private Optional<T> current = Optional.empty();

  Renewed(Supplier<T> start, Predicate<T> lost) {
    this.start = start;
    this.lost = lost;
  }

  @Override
  public synchronized T get() {
    if (current.filter(lost.negate()).isEmpty()) {
      current = Optional.of(start.get());
    }
    return current.orElseThrow();
  }
}
