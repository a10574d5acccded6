package dev.lakewright.errors;

/** The data cannot be used as asked (missing column, one class only, no rows): exit code 3. */
public final class DataException extends LakewrightException {

  private static final long serialVersionUID = 1L;

  public DataException(String message) {
    super(message, null);
  }

  public DataException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 3;
  }
}
