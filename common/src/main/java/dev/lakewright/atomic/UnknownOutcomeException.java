package dev.lakewright.atomic;

import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * That nobody can tell whether a file was created, since the store gave no definite answer. Whoever
 * catches it deletes nothing.
 */
public final class UnknownOutcomeException extends IOException {

  UnknownOutcomeException(Path file, IOException cause) {
    super(
        "whether %s was written is unknown, since the store gave no definite answer (%s); look before trying again"
            .formatted(file, cause.getMessage()),
        cause);
  }
}
