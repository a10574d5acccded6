package dev.lakewright.errors;

/** That the user ended a job before its end; what was finished is recorded. */
public final class InterruptedByUserException extends LakewrightException {

  private static final long serialVersionUID = 1L;

  public InterruptedByUserException(String message) {
    super(message, null);
  }

  /** What shells give a process that Ctrl-C ended. */
  @Override
  public int exitCode() {
    return 130;
  }
}
