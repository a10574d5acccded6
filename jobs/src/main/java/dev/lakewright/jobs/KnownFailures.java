package dev.lakewright.jobs;

import dev.lakewright.atomic.NoAtomicCreationException;
import dev.lakewright.atomic.UnknownOutcomeException;
import dev.lakewright.errors.DataException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.errors.StorageException;
import io.delta.exceptions.DeltaConcurrentModificationException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import org.apache.spark.sql.AnalysisException;

/** Recognizes failures of the platform that a user can act on, wherever they surface. */
final class KnownFailures {

  private KnownFailures() {}

  /** Our own failure in the chain of causes, or one made of a known platform failure; else null. */
  static LakewrightException recognize(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof LakewrightException known) {
        return known;
      }
      if (cause instanceof DeltaConcurrentModificationException) {
        return new StorageException(
            "another job changed the same table meanwhile; run the same command again", cause);
      }
      if (cause instanceof UnknownOutcomeException || cause instanceof NoAtomicCreationException) {
        return new StorageException(firstLine(cause), cause);
      }
      if (cause instanceof FileNotFoundException) {
        return new DataException("a file is missing: " + firstLine(cause), cause);
      }
      if (cause instanceof EOFException) {
        return new DataException("a file ends too early (truncated?): " + firstLine(cause), cause);
      }
      if (cause instanceof AnalysisException) {
        return new DataException("the table cannot be used as asked: " + firstLine(cause), cause);
      }
    }
    return null;
  }

  private static String firstLine(Throwable cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
