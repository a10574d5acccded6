package dev.lakewright.jobs;

import dev.lakewright.errors.LakewrightException;

/**
 * What is told of a job that failed.
 *
 * @param message for people, mostly one line
 * @param exitCode of the process, if it ends with this
 */
record Failure(String message, int exitCode) {

  private static final int CONFIGURATION = 2;
  private static final int ENDED_BY_USER = 130;

  static Failure of(Throwable cause) {
    if (cause instanceof OutOfMemoryError) {
      return new Failure(
          "out of memory (heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB); give more with LAKEWRIGHT_MEMORY=8g or use a cluster with --master",
          1);
    }
    LakewrightException known = KnownFailures.recognize(cause);
    return known == null
        ? new Failure(unexpected(cause), 1)
        : new Failure(known.getMessage(), known.exitCode());
  }

  /** Whether the same command would fail again, or is not wanted again. */
  boolean isFinal() {
    return exitCode == CONFIGURATION || exitCode == ENDED_BY_USER;
  }

  private static String unexpected(Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? "" : ": " + root.getMessage().lines().findFirst().orElse("");
    return root.getClass().getSimpleName()
        + message
        + " (run again with --debug for the stack trace)";
  }
}
