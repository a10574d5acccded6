package dev.lakewright.text;

import java.util.ArrayList;
import java.util.List;

/** The terms of a text, as strings. */
final class Terms {

  private Terms() {}

  static List<String> of(NgramExtractor extractor, String text) {
    List<String> terms = new ArrayList<>();
    extractor.extract(text, (bytes, start, end) -> terms.add(Utf8.string(bytes, start, end)));
    return terms;
  }

  static long count(NgramExtractor extractor, String text) {
    long[] count = new long[1];
    extractor.extract(text, (bytes, start, end) -> count[0]++);
    return count[0];
  }
}
