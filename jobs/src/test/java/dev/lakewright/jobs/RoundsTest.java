package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.InterruptedByUserException;
import dev.lakewright.errors.StorageException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** When the next round begins, and when there is none. */
class RoundsTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> told = new ArrayList<>();

  /** What rounds come to, one after another; SIGTERM comes in the pause after the last. */
  private int run(Duration every, List<Supplier<RuntimeException>> outcomes) {
    Queue<Supplier<RuntimeException>> left = new ArrayDeque<>(outcomes);
    Rounds.Pause pause =
        most -> {
          pauses.add(most);
          return left.isEmpty() ? OptionalInt.of(143) : OptionalInt.empty();
        };
    return new Rounds(every, pause, failed -> told.add(failed.toString()))
        .run(
            () -> {
              RuntimeException failure = left.remove().get();
              if (failure != null) {
                throw failure;
              }
            });
  }

  private static RuntimeException none() {
    return null;
  }

  private static RuntimeException lostRace() {
    return new StorageException("somebody else was first");
  }

  private static RuntimeException slow() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return null;
  }

  @Test
  void aRoundBeginsSoLongAfterTheBeginningOfTheOneBefore() {
    assertThat(run(MINUTE, List.of(RoundsTest::slow, RoundsTest::none))).isEqualTo(143);
    assertThat(pauses.get(0)).isBetween(MINUTE.minusSeconds(10), MINUTE.minusMillis(20));
  }

  @Test
  void aRoundBeginsAtOnceWhereTheOneBeforeTookLonger() {
    run(Duration.ofMillis(10), List.of(RoundsTest::slow, RoundsTest::none));
    assertThat(pauses.get(0)).isZero();
  }

  @Test
  void aFailedRoundIsToldAndFollowedByAnother() {
    assertThat(run(MINUTE, List.of(RoundsTest::lostRace, RoundsTest::none))).isEqualTo(143);
    assertThat(told)
        .containsExactly(
            "round failed (1 in a row; the job ends at 5): somebody else was first; the next begins in 60 s");
  }

  @Test
  void failuresInARowAreGivenMoreAndMoreTime() {
    run(
        Duration.ofMillis(1),
        List.of(
            RoundsTest::lostRace,
            RoundsTest::lostRace,
            RoundsTest::none,
            RoundsTest::lostRace,
            RoundsTest::none));
    assertThat(pauses)
        .startsWith(Duration.ofSeconds(1), Duration.ofSeconds(2))
        .contains(Duration.ofSeconds(1), org.assertj.core.data.Index.atIndex(3));
  }

  @Test
  void theFifthFailureInARowEndsTheJob() {
    List<Supplier<RuntimeException>> outcomes = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      outcomes.add(i == 3 ? RoundsTest::none : RoundsTest::lostRace);
    }
    assertThatThrownBy(() -> run(MINUTE, outcomes)).hasMessage("somebody else was first");
    assertThat(pauses).hasSize(8);
  }

  @Test
  void whatNoFurtherRoundCanCureEndsTheJobAtOnce() {
    for (RuntimeException last :
        List.of(
            new ConfigException("data.label is wrong"),
            new InterruptedByUserException("interrupted: all trials are recorded"))) {
      assertThatThrownBy(() -> run(MINUTE, List.of(() -> last, RoundsTest::none))).isSameAs(last);
    }
    assertThat(told).isEmpty();
  }
}
