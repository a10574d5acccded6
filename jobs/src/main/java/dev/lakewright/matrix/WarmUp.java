package dev.lakewright.matrix;

/**
 * Waits for code that is written with Java's vector module to become fast. Until the optimizing
 * compiler has been at it, every vector is an object, and the code is many times slower than plain
 * loops; in a process that has just begun, that compiler is seconds behind. So it is tried in the
 * background, and plain loops, which must give the same bits, do the work meanwhile.
 */
public final class WarmUp {

  /** Whether this Java virtual machine was started with the vector module. */
  public static final boolean VECTORS =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  private static final int CALLS = 16;
  private static final long PAUSE_MILLIS = 10;

  /** The compiler takes a second or two; what is slow after so long stays so. */
  private static final long MOST_NANOS = 30_000_000_000L;

  private volatile boolean over;

  private WarmUp() {}

  /**
   * Begins.
   *
   * @param name of the thread
   * @param vectors a short piece of the work: microseconds
   * @param plain the same with plain loops
   */
  public static WarmUp begin(String name, Runnable vectors, Runnable plain) {
    WarmUp warmUp = new WarmUp();
    Thread thread = new Thread(() -> warmUp.run(vectors, plain), name);
    thread.setDaemon(true);
    thread.start();
    return warmUp;
  }

  private void run(Runnable vectors, Runnable plain) {
    try {
      long fastestPlain = Long.MAX_VALUE;
      long started = System.nanoTime();
      while (System.nanoTime() - started < MOST_NANOS) {
        fastestPlain = Math.min(fastestPlain, nanos(plain));
        if (nanos(vectors) < fastestPlain) {
          over = true;
          return;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long nanos(Runnable work) {
    long started = System.nanoTime();
    for (int call = 0; call < CALLS; call++) {
      work.run();
    }
    return System.nanoTime() - started;
  }

  /** Whether the vectors have been seen to be faster than plain loops. */
  public boolean over() {
    return over;
  }
}
