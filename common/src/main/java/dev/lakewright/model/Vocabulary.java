package dev.lakewright.model;

import dev.lakewright.text.MurmurHash3;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Terms and their places: an open-addressing table over UTF-8 bytes. Terms are in ascending order
 * of their bytes, so that leaving some out keeps the order of the others.
 */
public final class Vocabulary implements Serializable {

  private static final long serialVersionUID = 1L;

  private final byte[][] terms;
  private final int[] table;

  private Vocabulary(byte[][] terms) {
    this.terms = terms;
    this.table = new int[Math.max(16, Integer.highestOneBit(Math.max(1, terms.length)) * 4)];
    Arrays.fill(table, -1);
    for (int id = 0; id < terms.length; id++) {
      int slot = slot(terms[id], 0, terms[id].length);
      if (table[slot] >= 0) {
        throw new IllegalArgumentException("the term " + term(id) + " is there twice");
      }
      table[slot] = id;
    }
  }

  /** A vocabulary of distinct terms, which it puts in order. */
  public static Vocabulary of(List<String> terms) {
    byte[][] sorted =
        terms.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    Arrays.sort(sorted, Arrays::compareUnsigned);
    return new Vocabulary(sorted);
  }

  /** A vocabulary of distinct terms in ascending order of their bytes. */
  static Vocabulary ofSorted(byte[][] terms) {
    return new Vocabulary(terms);
  }

  /** Place of the term {@code bytes[start .. end)}, or -1. */
  int find(byte[] bytes, int start, int end) {
    return table[slot(bytes, start, end)];
  }

  private int slot(byte[] bytes, int start, int end) {
    int mask = table.length - 1;
    int slot = MurmurHash3.hash32(bytes, start, end, 0) & mask;
    while (table[slot] >= 0 && !matches(terms[table[slot]], bytes, start, end)) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static boolean matches(byte[] term, byte[] bytes, int start, int end) {
    return Arrays.equals(term, 0, term.length, bytes, start, end);
  }

  /** Number of terms. */
  public int size() {
    return terms.length;
  }

  /** The term at a place. */
  public String term(int id) {
    return new String(terms[id], StandardCharsets.UTF_8);
  }

  byte[] bytes(int id) {
    return terms[id];
  }
}
