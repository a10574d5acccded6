package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.text.CharNgramExtractor;
import dev.lakewright.text.NgramExtractor;
import dev.lakewright.text.TermConsumer;
import dev.lakewright.text.TermHash;
import dev.lakewright.text.Utf8;
import dev.lakewright.text.WordNgramExtractor;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Counts what a record holds. Nothing here is learnt from data but the vocabularies, so that rows
 * are counted once for all folds and trials. Reuses its buffers: one instance per thread.
 */
public final class FeatureCounter {

  /** Receives the terms of a record. */
  @FunctionalInterface
  public interface TermVisitor {

    /**
     * Takes the term {@code bytes[start .. end)}, UTF-8 that is valid during this call only.
     *
     * @param space place of the bag space
     * @param id what the term counts as
     */
    void visit(int space, int id, byte[] bytes, int start, int end);
  }

  /** What terms count as; -1 for none. */
  @FunctionalInterface
  private interface TermIds {
    int of(byte[] bytes, int start, int end);
  }

  private final RecordSchema schema;

  private final List<BagSpace> spaces;
  private final NgramExtractor[] extractors;
  private final TermIds[] ids;
  private final TermConsumer[] counting;
  private final TermCounts counts;

  /**
   * @param vocabularies by the space's place; a space of mode vocabulary without one counts nothing
   */
  public FeatureCounter(
      FeaturesConfig config, RecordSchema schema, Map<Integer, Vocabulary> vocabularies) {
    this.schema = schema;
    this.spaces = BagSpace.of(config, schema);
    this.extractors =
        spaces.stream().map(space -> extractor(config, space)).toArray(NgramExtractor[]::new);
    this.counts = new TermCounts(largestSpace(spaces, vocabularies));
    this.ids = new TermIds[spaces.size()];
    this.counting = new TermConsumer[spaces.size()];
    for (int space = 0; space < counting.length; space++) {
      ids[space] = ids(spaces.get(space), vocabularies.get(space));
      counting[space] = counting(spaces.get(space), ids[space]);
    }
  }

  private static NgramExtractor extractor(FeaturesConfig config, BagSpace space) {
    int shortest = space.config().shortest();
    int longest = space.config().longest();
    return switch (space.kind()) {
      case WORDS ->
          new WordNgramExtractor(config.language(), config.lowerCase(), shortest, longest);
      case CHARS -> new CharNgramExtractor(config.lowerCase(), shortest, longest);
    };
  }

  private static int largestSpace(List<BagSpace> spaces, Map<Integer, Vocabulary> vocabularies) {
    int hashed =
        spaces.stream().filter(BagSpace::hashed).mapToInt(BagSpace::buckets).max().orElse(0);
    int learnt = vocabularies.values().stream().mapToInt(Vocabulary::size).max().orElse(0);
    return Math.max(hashed, learnt);
  }

  private static TermIds ids(BagSpace space, Vocabulary vocabulary) {
    if (space.hashed()) {
      int mask = space.buckets() - 1;
      return (bytes, start, end) -> TermHash.of(bytes, start, end) & mask;
    }
    return vocabulary == null ? (bytes, start, end) -> -1 : vocabulary::id;
  }

  private TermConsumer counting(BagSpace space, TermIds ids) {
    if (space.hashed()) {
      return hashing(space.buckets() - 1, space.config().signed());
    }
    return (bytes, start, end) -> {
      int id = ids.of(bytes, start, end);
      if (id >= 0) {
        counts.add(id, 1);
      }
    };
  }

  /** The bucket is the hash's low bits; its top bit is the sign. */
  private TermConsumer hashing(int mask, boolean signed) {
    return (bytes, start, end) -> {
      int hash = TermHash.of(bytes, start, end);
      counts.add(hash & mask, signed && hash < 0 ? -1 : 1);
    };
  }

  /** The bag spaces, in order. */
  public List<BagSpace> spaces() {
    return spaces;
  }

  /** An empty buffer for this counter. */
  public FeatureCounts newCounts() {
    return new FeatureCounts(spaces.size(), schema.numeric().size(), schema.categorical().size());
  }

  /**
   * Refills {@code out} with a record: per space counts by ascending id, without zeros (signs may
   * cancel).
   *
   * @throws IllegalArgumentException for an infinite number
   */
  public void count(FeatureRecord record, FeatureCounts out) {
    out.clear();
    for (int space = 0; space < extractors.length; space++) {
      extractors[space].extract(text(record, space), counting[space]);
      counts.drainTo(out);
      out.endSpace();
    }
    copyNumbers(record.numbers(), out.numbers());
    copyCategories(record.categories(), out.categories());
  }

  private String text(FeatureRecord record, int space) {
    String text = record.texts()[spaces.get(space).column()];
    return text == null ? "" : text;
  }

  private void copyNumbers(double[] from, double[] to) {
    for (int column = 0; column < to.length; column++) {
      if (Double.isInfinite(from[column])) {
        throw new IllegalArgumentException(
            "a number must be finite, or NaN where missing; column %s holds %s"
                .formatted(schema.numeric().get(column), from[column]));
      }
      to[column] = from[column];
    }
  }

  private static void copyCategories(String[] from, String[] to) {
    for (int column = 0; column < to.length; column++) {
      to[column] = from[column] == null ? null : Utf8.wellFormed(from[column]);
    }
  }

  /**
   * Hands each distinct term of one space of the record to {@code consumer}, by first occurrence.
   */
  public void distinctTerms(FeatureRecord record, int space, Consumer<String> consumer) {
    Set<String> distinct = new HashSet<>();
    extractors[space].extract(
        text(record, space),
        (bytes, start, end) -> {
          String term = Utf8.string(bytes, start, end);
          if (distinct.add(term)) {
            consumer.accept(term);
          }
        });
  }

  /** Visits every term of the record that counts, repeated ones repeatedly. */
  public void visitTerms(FeatureRecord record, TermVisitor visitor) {
    for (int space = 0; space < extractors.length; space++) {
      int place = space;
      extractors[space].extract(
          text(record, space),
          (bytes, start, end) -> {
            int id = ids[place].of(bytes, start, end);
            if (id >= 0) {
              visitor.visit(place, id, bytes, start, end);
            }
          });
    }
  }
}
