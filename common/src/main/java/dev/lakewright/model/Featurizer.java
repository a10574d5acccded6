package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Records into sparse vectors, with what was learnt from training rows. Feature indices run from 0
 * over the bag spaces, then numeric, then categorical columns; a term that no training row holds is
 * not a feature. Immutable and safe for use by several threads, each with its own counter.
 * Serializable only to travel between the tasks of a job.
 */
public final class Featurizer implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FeaturesConfig config;
  private final RecordSchema schema;
  private final Map<Integer, Vocabulary> vocabularies;
  private final List<BagWeights> bags;
  private final List<NumericEncoder> numbers;
  private final List<CategoryEncoder> categories;
  private final int[] bagOffsets;
  private final int[] numberOffsets;
  private final int[] categoryOffsets;
  private final int size;

  Featurizer(
      FeaturesConfig config,
      RecordSchema schema,
      Map<Integer, Vocabulary> vocabularies,
      List<BagWeights> bags,
      List<NumericEncoder> numbers,
      List<CategoryEncoder> categories) {
    this.config = config;
    this.schema = schema;
    this.vocabularies = Map.copyOf(vocabularies);
    this.bags = List.copyOf(bags);
    this.numbers = List.copyOf(numbers);
    this.categories = List.copyOf(categories);
    this.bagOffsets = new int[bags.size()];
    this.numberOffsets = new int[numbers.size()];
    this.categoryOffsets = new int[categories.size()];
    int next = 0;
    for (int i = 0; i < bagOffsets.length; i++) {
      bagOffsets[i] = next;
      next += bags.get(i).size();
    }
    for (int i = 0; i < numberOffsets.length; i++) {
      numberOffsets[i] = next;
      next += numbers.get(i).size();
    }
    for (int i = 0; i < categoryOffsets.length; i++) {
      categoryOffsets[i] = next;
      next += categories.get(i).size();
    }
    this.size = next;
  }

  /** Number of features. */
  public int size() {
    return size;
  }

  /** A counter whose counts {@link #weigh} takes. */
  public FeatureCounter newCounter() {
    return new FeatureCounter(config, schema, vocabularies);
  }

  /** Refills {@code out} with the features of counted values. */
  public void weigh(FeatureCounts in, SparseVector out) {
    out.clear();
    for (int i = 0; i < bagOffsets.length; i++) {
      bags.get(i).weigh(in.ids(), in.counts(), in.start(i), in.end(i), bagOffsets[i], out);
    }
    for (int i = 0; i < numberOffsets.length; i++) {
      numbers.get(i).encode(in.numbers()[i], numberOffsets[i], out);
    }
    for (int i = 0; i < categoryOffsets.length; i++) {
      categories.get(i).encode(in.categories()[i], categoryOffsets[i], out);
    }
  }

  /** Index of an id of a bag space; -1 when it is not a feature. */
  public int feature(int space, int id) {
    int place = Arrays.binarySearch(bags.get(space).active(), id);
    return place < 0 ? -1 : bagOffsets[space] + place;
  }

  /**
   * What a feature stands for, such as {@code subject words bucket 1234} or {@code city = Paris}.
   */
  public String describe(int feature) {
    for (int i = categoryOffsets.length - 1; i >= 0; i--) {
      if (feature >= categoryOffsets[i]) {
        return categories
            .get(i)
            .describe(schema.categorical().get(i), feature - categoryOffsets[i]);
      }
    }
    for (int i = numberOffsets.length - 1; i >= 0; i--) {
      if (feature >= numberOffsets[i]) {
        return numbers.get(i).describe(schema.numeric().get(i), feature - numberOffsets[i]);
      }
    }
    int i = bagOffsets.length - 1;
    while (feature < bagOffsets[i]) {
      i--;
    }
    return describeTerm(i, bags.get(i).active()[feature - bagOffsets[i]]);
  }

  private String describeTerm(int place, int id) {
    BagSpace space = bags.get(place).space();
    return space.hashed()
        ? schema.text().get(space.column()) + " " + space.kind().key() + " bucket " + id
        : nameTerm(place, vocabularies.get(place).term(id));
  }

  /** A term of a bag space for people, such as {@code subject words "free money"}. */
  public String nameTerm(int space, String term) {
    BagSpace bag = bags.get(space).space();
    return "%s %s \"%s\"".formatted(schema.text().get(bag.column()), bag.kind().key(), term);
  }

  FeaturesConfig config() {
    return config;
  }

  RecordSchema schema() {
    return schema;
  }

  List<BagWeights> bags() {
    return bags;
  }

  Map<Integer, Vocabulary> vocabularies() {
    return vocabularies;
  }

  List<NumericEncoder> numbers() {
    return numbers;
  }

  List<CategoryEncoder> categories() {
    return categories;
  }
}
