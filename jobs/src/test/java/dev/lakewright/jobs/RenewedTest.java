package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A session that outlives what it runs on. */
class RenewedTest {

  private final AtomicInteger starts = new AtomicInteger();
  private final AtomicBoolean lost = new AtomicBoolean();
  private final Renewed<Integer> session = new Renewed<>(this::start, started -> lost.get());

  private int start() {
    lost.set(false);
    return starts.incrementAndGet();
  }

  @Test
  void itIsStartedOnceAndOnlyIfItIsAskedFor() {
    assertThat(starts).hasValue(0);
    assertThat(session.get()).isEqualTo(1);
    assertThat(session.get()).isEqualTo(1);
  }

  @Test
  void whatWasLostIsStartedAgain() {
    session.get();
    lost.set(true);
    assertThat(session.get()).isEqualTo(2);
    assertThat(session.get()).isEqualTo(2);
  }

  @Test
  void aStartThatFailsIsTriedAgain() {
    AtomicBoolean broken = new AtomicBoolean(true);
    Renewed<String> other =
        new Renewed<>(
            () -> {
              if (broken.getAndSet(false)) {
                throw new IllegalStateException("the cluster is away");
              }
              return "started";
            },
            started -> false);
    assertThatThrownBy(other::get).hasMessage("the cluster is away");
    assertThat(other.get()).isEqualTo("started");
  }
}
