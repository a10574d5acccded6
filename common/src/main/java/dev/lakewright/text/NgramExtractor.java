package dev.lakewright.text;

/**
 * Streams the n-grams of a text, repeated ones repeatedly, in time linear in the text and without
 * allocating per term. Reuses its buffers: one instance per thread.
 *
 * <p>Any string is accepted; an unpaired surrogate reads as U+FFFD.
 */
public sealed interface NgramExtractor permits WordNgramExtractor, CharNgramExtractor {

  /** Hands every n-gram of the text to {@code consumer}. */
  void extract(String text, TermConsumer consumer);
}
