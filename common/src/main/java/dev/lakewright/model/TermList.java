package dev.lakewright.model;

import dev.lakewright.text.Utf8;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Strings as UTF-8 bytes in one array: string {@code i} is {@code bytes[offsets[i] .. offsets[i +
 * 1])}. Immutable.
 */
final class TermList implements Serializable {

  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private final int[] offsets;

  /**
   * @param offsets from 0 to {@code bytes.length}, not descending
   * @throws IllegalArgumentException when the offsets do not partition the bytes
   */
  TermList(byte[] bytes, int[] offsets) {
    if (offsets.length == 0 || offsets[0] != 0 || offsets[offsets.length - 1] != bytes.length) {
      throw new IllegalArgumentException("offsets must run from 0 to " + bytes.length);
    }
    for (int i = 1; i < offsets.length; i++) {
      if (offsets[i] < offsets[i - 1]) {
        throw new IllegalArgumentException("offsets must not descend, as at place " + i);
      }
    }
    this.bytes = bytes;
    this.offsets = offsets;
  }

  static TermList of(List<String> strings) {
    byte[] bytes = new byte[Math.max(16, strings.size() * 8)];
    int[] offsets = new int[strings.size() + 1];
    int length = 0;
    for (int i = 0; i < strings.size(); i++) {
      byte[] next = Utf8.bytes(strings.get(i));
      int needed = Math.addExact(length, next.length);
      if (needed > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(1L << 30, bytes.length * 2L)));
      }
      System.arraycopy(next, 0, bytes, length, next.length);
      length = needed;
      offsets[i + 1] = length;
    }
    return new TermList(Arrays.copyOf(bytes, length), offsets);
  }

  /** The strings of the given places, in that order. */
  TermList select(int[] places) {
    int[] selected = new int[places.length + 1];
    for (int i = 0; i < places.length; i++) {
      selected[i + 1] = selected[i] + end(places[i]) - start(places[i]);
    }
    byte[] copied = new byte[selected[places.length]];
    for (int i = 0; i < places.length; i++) {
      System.arraycopy(bytes, start(places[i]), copied, selected[i], selected[i + 1] - selected[i]);
    }
    return new TermList(copied, selected);
  }

  int size() {
    return offsets.length - 1;
  }

  int start(int place) {
    return offsets[place];
  }

  int end(int place) {
    return offsets[place + 1];
  }

  String get(int place) {
    return Utf8.string(bytes, start(place), end(place));
  }

  boolean equals(int place, byte[] other, int start, int end) {
    return Arrays.equals(bytes, start(place), end(place), other, start, end);
  }

  /** Order of two strings by their bytes, which is that of their code points. */
  int compare(int left, int right) {
    return Arrays.compareUnsigned(bytes, start(left), end(left), bytes, start(right), end(right));
  }

  byte[] bytes() {
    return bytes;
  }

  int[] offsets() {
    return offsets;
  }
}
