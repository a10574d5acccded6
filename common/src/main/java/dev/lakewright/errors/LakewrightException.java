package dev.lakewright.errors;

/** A failure whose message tells a user, in one line, the cause, the value and the cure. */
public abstract sealed class LakewrightException extends RuntimeException
    permits ConfigException, DataException, InterruptedByUserException, StorageException {

  private static final long serialVersionUID = 1L;

  protected LakewrightException(String message, Throwable cause) {
    super(message, cause);
  }

  /** Exit code of the command line: 2, 3, 4, or 130. */
  public abstract int exitCode();
}
