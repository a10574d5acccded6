package dev.lakewright.tuning;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Writes that need not be waited for at once. Closing waits for all. */
final class Background implements AutoCloseable {

  private static final int THREADS = 2;

  private final ExecutorService threads =
      Executors.newFixedThreadPool(
          THREADS,
          work -> {
            Thread thread = new Thread(work, "sweep-writer");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Future<?>> pending = new ArrayList<>();

  void run(Runnable work) {
    pending.add(threads.submit(work));
  }

  /**
   * Waits for everything so far, whatever of it fails.
   *
   * @throws RuntimeException of the first that failed
   */
  void await() {
    List<Future<?>> waited = List.copyOf(pending);
    pending.clear();
    RuntimeException first = null;
    for (Future<?> one : waited) {
      try {
        one.get();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while trials were being written", e);
      } catch (ExecutionException e) {
        RuntimeException failure =
            e.getCause() instanceof RuntimeException cause
                ? cause
                : new IllegalStateException(e.getCause());
        if (first == null) {
          first = failure;
        } else {
          first.addSuppressed(failure);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }

  /** Lets no write go on: what it reads may be freed. */
  @Override
  public void close() {
    try {
      await();
    } finally {
      threads.shutdown();
    }
  }
}
