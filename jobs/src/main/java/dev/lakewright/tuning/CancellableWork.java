package dev.lakewright.tuning;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Work that runs Spark jobs nobody else can see, on a thread of its own: its jobs are cancelled
 * when it takes too long or the user wants to end. To be closed.
 */
final class CancellableWork implements AutoCloseable {

  private static final long POLL_MILLIS = 200;

  /** How long work whose jobs are cancelled may take to clean up before it is interrupted. */
  private static final long CLEANING_SECONDS = 5;

  /** How long interrupted work may take to notice it. */
  private static final long END_SECONDS = 30;

  /** Names of job groups are never used twice, as no job of a cancelled one is run again. */
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final JavaSparkContext spark;
  private final BooleanSupplier interrupted;
  private final ExecutorService thread = Executors.newSingleThreadExecutor();

  /** That work took longer than it may. */
  static final class Late extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param interrupted whether the user wants to end
   */
  CancellableWork(JavaSparkContext spark, BooleanSupplier interrupted) {
    this.spark = spark;
    this.interrupted = interrupted;
  }

  /**
   * Does some work.
   *
   * @param name for people
   * @param seconds that it may take; 0: any
   * @throws ExecutionException with what went wrong
   */
  <T> T run(String name, double seconds, Callable<T> work)
      throws Late, TrialRunner.InterruptedRun, ExecutionException {
    String group = name + "-" + NUMBERS.incrementAndGet();
    CountDownLatch ended = new CountDownLatch(1);
    long started = System.nanoTime();
    Future<T> running = thread.submit(() -> counted(group, name, work, ended));
    try {
      while (true) {
        try {
          return running.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException notYet) {
          if (running.isDone()) {
            continue;
          }
          boolean late = seconds > 0 && (System.nanoTime() - started) / 1e9 > seconds;
          if (late || interrupted.getAsBoolean()) {
            end(group, running, ended);
            if (late) {
              throw new Late();
            }
            throw new TrialRunner.InterruptedRun();
          }
        }
      }
    } catch (InterruptedException e) {
      spark.sc().cancelJobGroupAndFutureJobs(group);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while trials were running", e);
    }
  }

  private <T> T counted(String group, String name, Callable<T> work, CountDownLatch ended)
      throws Exception {
    try {
      spark.setJobGroup(group, name, true);
      return work.call();
    } finally {
      ended.countDown();
    }
  }

  private void end(String group, Future<?> running, CountDownLatch ended)
      throws InterruptedException {
    spark.sc().cancelJobGroupAndFutureJobs(group);
    // Spark frees nothing for a thread that is interrupted while it asks for it
    if (!ended.await(CLEANING_SECONDS, TimeUnit.SECONDS)) {
      running.cancel(true);
      ended.await(END_SECONDS, TimeUnit.SECONDS);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
