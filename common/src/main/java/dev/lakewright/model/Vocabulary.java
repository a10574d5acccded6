package dev.lakewright.model;

import dev.lakewright.text.TermHash;
import dev.lakewright.text.Utf8;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * Distinct terms with ids {@code 0 .. size() - 1}. Lookup is by UTF-8 bytes in an open-addressing
 * table (linear probing, at most half full), and always compares the bytes. Immutable.
 */
public final class Vocabulary implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final int FREE = -1;

  private final TermList terms;
  private final int[] table;

  private Vocabulary(TermList terms) {
    this.terms = terms;
    this.table = table(terms);
  }

  /**
   * A vocabulary whose ids are the places in the list.
   *
   * @throws IllegalArgumentException when a term is listed twice
   */
  public static Vocabulary of(List<String> terms) {
    return of(TermList.of(terms));
  }

  static Vocabulary of(TermList terms) {
    return new Vocabulary(terms);
  }

  private static int[] table(TermList terms) {
    int capacity = Integer.highestOneBit(Math.max(4, terms.size() * 2 - 1)) * 2;
    int[] table = new int[capacity];
    Arrays.fill(table, FREE);
    for (int id = 0; id < terms.size(); id++) {
      int place = place(terms, table, terms.bytes(), terms.start(id), terms.end(id));
      if (table[place] != FREE) {
        throw new IllegalArgumentException(
            "a vocabulary's terms must be distinct, not twice '" + terms.get(id) + "'");
      }
      table[place] = id;
    }
    return table;
  }

  /** Place of the term in the table, or the free place where it would be. */
  private static int place(TermList terms, int[] table, byte[] bytes, int start, int end) {
    int mask = table.length - 1;
    int place = TermHash.of(bytes, start, end) & mask;
    while (table[place] != FREE && !terms.equals(table[place], bytes, start, end)) {
      place = (place + 1) & mask;
    }
    return place;
  }

  /** Number of terms. */
  public int size() {
    return terms.size();
  }

  /** Id of the term {@code bytes[start .. end)}, or -1. */
  public int id(byte[] bytes, int start, int end) {
    return table[place(terms, table, bytes, start, end)];
  }

  /** Id of a term, or -1. */
  int id(String term) {
    byte[] bytes = Utf8.bytes(term);
    return id(bytes, 0, bytes.length);
  }

  /** The term of an id. */
  public String term(int id) {
    return terms.get(id);
  }

  TermList terms() {
    return terms;
  }
}
