package dev.lakewright.text;

/** Receives terms one by one. */
@FunctionalInterface
public interface TermConsumer {

  /**
   * Takes the term {@code bytes[start .. end)}, well-formed UTF-8, valid during this call only.
   *
   * @param bytes a buffer that is reused and must not be changed
   */
  void accept(byte[] bytes, int start, int end);
}
