package dev.lakewright.errors;

/** Storage or registry conflict or corruption (checksum mismatch, lost race): exit code 4. */
public final class StorageException extends LakewrightException {

  private static final long serialVersionUID = 1L;

  public StorageException(String message) {
    super(message, null);
  }

  public StorageException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public int exitCode() {
    return 4;
  }
}
