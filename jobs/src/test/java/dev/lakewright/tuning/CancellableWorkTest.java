package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.lake.SparkForTests;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;

/** Work that is cancelled while it waits for a job of Spark's, or for something else. */
class CancellableWorkTest {

  private final JavaSparkContext spark =
      JavaSparkContext.fromSparkContext(SparkForTests.session().sparkContext());

  private long slowJob() {
    return spark
        .parallelize(List.of(1), 1)
        .map(
            row -> {
              Thread.sleep(60_000);
              return row;
            })
        .count();
  }

  @Test
  void workWhoseJobsAreCancelledCleansUpUninterrupted() {
    AtomicBoolean cleaned = new AtomicBoolean();
    try (CancellableWork work = new CancellableWork(spark, () -> false)) {
      assertThatThrownBy(
              () ->
                  work.run(
                      "slow",
                      1,
                      () -> {
                        try {
                          return slowJob();
                        } finally {
                          Thread.sleep(500);
                          cleaned.set(true);
                        }
                      }))
          .isInstanceOf(CancellableWork.Late.class);
    }
    assertThat(cleaned).isTrue();
  }

  @Test
  void workThatPlansItsNextJobCleansUpUninterrupted() {
    AtomicBoolean cleaned = new AtomicBoolean();
    try (CancellableWork work = new CancellableWork(spark, () -> false)) {
      assertThatThrownBy(
              () ->
                  work.run(
                      "planning",
                      1,
                      () -> {
                        long started = System.nanoTime();
                        while (System.nanoTime() - started < 2e9) {
                          Thread.onSpinWait();
                        }
                        Thread.sleep(100);
                        cleaned.set(true);
                        return null;
                      }))
          .isInstanceOf(CancellableWork.Late.class);
    }
    assertThat(cleaned).isTrue();
  }

  @Test
  void workThatWaitsForNoJobIsInterrupted() {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    try (CancellableWork work = new CancellableWork(spark, () -> true)) {
      assertThatThrownBy(
              () ->
                  work.run(
                      "waiting",
                      0,
                      () -> {
                        try {
                          never.await();
                        } catch (InterruptedException e) {
                          interrupted.set(true);
                        }
                        return null;
                      }))
          .isInstanceOf(TrialRunner.InterruptedRun.class);
    }
    assertThat(interrupted).isTrue();
  }
}
