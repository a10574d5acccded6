package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.text.CharNgrams;
import dev.lakewright.text.MurmurHash3;
import dev.lakewright.text.NgramVisitor;
import dev.lakewright.text.WordNgrams;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Counts what a record holds, before anything learnt from data is applied (except which terms a
 * vocabulary names). Reuses its buffers: one per thread.
 */
public final class FeatureCounter {

  /** Receives each n-gram of a record with the id it counts under. */
  @FunctionalInterface
  public interface TermVisitor {
    void visit(int space, int id, byte[] bytes, int start, int end);
  }

  private final RecordSchema schema;
  private final List<BagSpace> spaces;
  private final Ngrams[] ngrams;
  private final Vocabulary[] vocabularies;
  private int[] found = new int[1024];
  private int size;

  /** N-grams of a text, by words or by characters. */
  @FunctionalInterface
  private interface Ngrams {
    void visit(String text, NgramVisitor visitor);
  }

  /**
   * @param vocabularies of the spaces of mode vocabulary, by place; a space without one counts
   *     nothing
   */
  public FeatureCounter(
      FeaturesConfig config, RecordSchema schema, Map<Integer, Vocabulary> vocabularies) {
    this.schema = schema;
    this.spaces = BagSpace.of(config, schema);
    this.ngrams = new Ngrams[spaces.size()];
    this.vocabularies = new Vocabulary[spaces.size()];
    for (int space = 0; space < ngrams.length; space++) {
      ngrams[space] = ngrams(config, spaces.get(space));
      this.vocabularies[space] = vocabularies.getOrDefault(space, Vocabulary.of(List.of()));
    }
  }

  private static Ngrams ngrams(FeaturesConfig config, BagSpace space) {
    int shortest = space.config().shortest();
    int longest = space.config().longest();
    return switch (space.kind()) {
      case WORDS -> new WordNgrams(config.language(), config.lowerCase(), shortest, longest)::visit;
      case CHARS -> new CharNgrams(config.lowerCase(), shortest, longest)::visit;
    };
  }

  /** An empty buffer for {@link #count}. */
  public FeatureCounts newCounts() {
    return new FeatureCounts(spaces.size(), schema.numeric().size(), schema.categorical().size());
  }

  /** Refills {@code out} with a record's counts. */
  public void count(FeatureRecord record, FeatureCounts out) {
    out.clear();
    for (int space = 0; space < ngrams.length; space++) {
      collect(record, space);
      Arrays.sort(found, 0, size);
      addRuns(out);
      out.endSpace();
    }
    System.arraycopy(record.numbers(), 0, out.numbers(), 0, out.numbers().length);
    System.arraycopy(record.categories(), 0, out.categories(), 0, out.categories().length);
  }

  /** Gathers the record's ids of a space, each shifted left by one, the low bit set for minus. */
  private void collect(FeatureRecord record, int space) {
    size = 0;
    BagSpace bag = spaces.get(space);
    String text = text(record, bag);
    if (bag.hashed()) {
      int mask = (1 << bag.config().hashBits()) - 1;
      int signBit = bag.config().signed() ? 1 : 0;
      ngrams[space].visit(
          text,
          (bytes, start, end) -> {
            int hash = MurmurHash3.hash32(bytes, start, end, 0);
            put((hash & mask) << 1 | hash >>> 31 & signBit);
          });
    } else {
      Vocabulary vocabulary = vocabularies[space];
      ngrams[space].visit(
          text,
          (bytes, start, end) -> {
            int id = vocabulary.find(bytes, start, end);
            if (id >= 0) {
              put(id << 1);
            }
          });
    }
  }

  private void put(int id) {
    if (size == found.length) {
      found = Arrays.copyOf(found, (int) Math.min(Integer.MAX_VALUE - 8L, size * 2L));
    }
    found[size++] = id;
  }

  /** Equal ids lie side by side; pluses and minuses of one id cancel. */
  private void addRuns(FeatureCounts out) {
    int at = 0;
    while (at < size) {
      int id = found[at] >> 1;
      int sum = 0;
      for (; at < size && found[at] >> 1 == id; at++) {
        sum += (found[at] & 1) == 0 ? 1 : -1;
      }
      if (sum != 0) {
        out.add(id, sum);
      }
    }
  }

  private static String text(FeatureRecord record, BagSpace space) {
    String text = record.texts()[space.column()];
    return text == null ? "" : text;
  }

  /** Tells each distinct n-gram of a record in a space, in ascending order. */
  public void distinctTerms(FeatureRecord record, int space, Consumer<String> consumer) {
    TreeSet<String> terms = new TreeSet<>();
    ngrams[space].visit(
        text(record, spaces.get(space)),
        (bytes, start, end) ->
            terms.add(new String(bytes, start, end - start, StandardCharsets.UTF_8)));
    terms.forEach(consumer);
  }

  /** Visits every n-gram of a record with the id it counts under; unknown terms are left out. */
  public void visitTerms(FeatureRecord record, TermVisitor visitor) {
    for (int space = 0; space < ngrams.length; space++) {
      int place = space;
      BagSpace bag = spaces.get(space);
      int mask = (1 << bag.config().hashBits()) - 1;
      ngrams[space].visit(
          text(record, bag),
          (bytes, start, end) -> {
            int id =
                bag.hashed()
                    ? MurmurHash3.hash32(bytes, start, end, 0) & mask
                    : vocabularies[place].find(bytes, start, end);
            if (id >= 0) {
              visitor.visit(place, id, bytes, start, end);
            }
          });
    }
  }
}
