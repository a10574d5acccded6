package dev.lakewright.text;

/** Receives n-grams one by one as runs of UTF-8 bytes that are valid during the call alone. */
@FunctionalInterface
public interface NgramVisitor {
  void visit(byte[] bytes, int start, int end);
}
