package dev.lakewright.tracking;

/** A tracking server could not be reached, or refused. */
public final class TrackingException extends Exception {

  private static final long serialVersionUID = 1L;

  TrackingException(String message) {
    super(message);
  }

  TrackingException(String message, Throwable cause) {
    super(message, cause);
  }
}
