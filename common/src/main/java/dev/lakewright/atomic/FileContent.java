package dev.lakewright.atomic;

import java.io.IOException;
import java.io.OutputStream;

/** What a file is to hold; written once, from start to end. */
@FunctionalInterface
public interface FileContent {

  /** Writes all of it; leaves the stream open. */
  void writeTo(OutputStream out) throws IOException;

  /** Bytes that are in memory. */
  static FileContent of(byte[] content) {
    return out -> out.write(content);
  }
}
