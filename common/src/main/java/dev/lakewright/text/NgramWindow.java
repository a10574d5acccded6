package dev.lakewright.text;

import java.util.Arrays;

/**
 * The n-grams over a sequence of units (words or characters), as slices of one buffer. Only the
 * last units are kept, so that memory does not grow with the text.
 */
final class NgramWindow {

  private static final int MOST_UNITS = 1024;
  private static final int MOST_BYTES = 1 << 16;

  private final int shortest;
  private final int longest;
  private final boolean spaced;
  private final int[] starts = new int[MOST_UNITS];
  private byte[] bytes = new byte[1 << 10];
  private int units;
  private int length;

  /**
   * @param shortest units of the shortest n-gram
   * @param longest units of the longest n-gram, below {@code MOST_UNITS}
   * @param spaced whether a space joins units
   */
  NgramWindow(int shortest, int longest, boolean spaced) {
    this.shortest = shortest;
    this.longest = longest;
    this.spaced = spaced;
  }

  /** Starts a new sequence. */
  void clear() {
    units = 0;
    length = 0;
  }

  /** Starts a unit. */
  void startUnit() {
    if (units == MOST_UNITS || length > MOST_BYTES) {
      forgetOldUnits();
    }
    if (spaced && units > 0) {
      append(' ');
    }
    starts[units] = length;
    units++;
  }

  /** Appends to the unit that was started last. */
  void append(int codePoint) {
    if (bytes.length - length < Utf8.MAX_BYTES) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
    }
    length = Utf8.encode(codePoint, bytes, length);
  }

  /** Hands over the n-grams that end with the last unit. */
  void endUnit(TermConsumer consumer) {
    int most = Math.min(longest, units);
    for (int n = shortest; n <= most; n++) {
      consumer.accept(bytes, starts[units - n], length);
    }
  }

  /** Hands over the whole sequence when it has fewer units than the shortest n-gram. */
  void endShortSequence(TermConsumer consumer) {
    if (units < shortest) {
      consumer.accept(bytes, 0, length);
    }
  }

  /** Keeps the units that n-grams to come may begin with; at least {@code shortest - 1}. */
  private void forgetOldUnits() {
    int kept = Math.min(longest, units);
    int first = units - kept;
    int shift = starts[first];
    System.arraycopy(bytes, shift, bytes, 0, length - shift);
    for (int i = 0; i < kept; i++) {
      starts[i] = starts[first + i] - shift;
    }
    units = kept;
    length -= shift;
  }
}
