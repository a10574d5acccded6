package dev.lakewright.atomic;

import java.io.IOException;

/** That a file system cannot keep two writers from both creating a file. */
public final class NoAtomicCreationException extends IOException {

  public NoAtomicCreationException(String message) {
    super(message);
  }

  public NoAtomicCreationException(String message, Throwable cause) {
    super(message, cause);
  }
}
