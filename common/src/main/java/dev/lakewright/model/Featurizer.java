package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Turns what was counted in a record into its features, by what was learnt from training rows: the
 * only place where values are made. Features have dense indices: those of the bag spaces in order,
 * then of the numeric, then of the categorical columns. Immutable and thread-safe.
 *
 * <p>Serializable to travel between tasks; its stored form is that of {@link ClassifierStorage}.
 */
public final class Featurizer implements Serializable {

  private static final long serialVersionUID = 1L;

  private final FeaturesConfig config;
  private final RecordSchema schema;
  private final FeatureGroup[] groups;
  private final int[] firsts;
  private final int size;

  Featurizer(FeaturesConfig config, RecordSchema schema, List<? extends FeatureGroup> groups) {
    this.config = config;
    this.schema = schema;
    this.groups = groups.toArray(FeatureGroup[]::new);
    this.firsts = new int[this.groups.length];
    int next = 0;
    for (int group = 0; group < firsts.length; group++) {
      firsts[group] = next;
      next = Math.addExact(next, this.groups[group].size());
    }
    this.size = next;
  }

  /** Number of features. */
  public int size() {
    return size;
  }

  /** The columns it reads. */
  public RecordSchema schema() {
    return schema;
  }

  /** How it was asked to make features. */
  public FeaturesConfig config() {
    return config;
  }

  /**
   * Refills {@code out} with the record's features, none of them 0.
   *
   * @param in made by a counter with the vocabularies that this featurizer was fitted with
   */
  public void weigh(FeatureCounts in, SparseVector out) {
    out.clear();
    for (int group = 0; group < groups.length; group++) {
      groups[group].weigh(in, firsts[group], out);
    }
  }

  /** A counter of the records that {@link #weigh} takes; one per thread. */
  public FeatureCounter newCounter() {
    return new FeatureCounter(config, schema, vocabularies());
  }

  /** Vocabulary of each space of mode vocabulary, by the space's place. */
  public Map<Integer, Vocabulary> vocabularies() {
    Map<Integer, Vocabulary> vocabularies = new LinkedHashMap<>();
    for (int group = 0; group < groups.length; group++) {
      int space = group;
      if (groups[group] instanceof BagFeatures bag) {
        bag.vocabulary().ifPresent(vocabulary -> vocabularies.put(space, vocabulary));
      }
    }
    return vocabularies;
  }

  /**
   * What people read for a feature, such as {@code subject words "free money"}, or {@code subject
   * words bucket 77} of hashed terms.
   *
   * @throws IndexOutOfBoundsException unless {@code 0 <= feature < size()}
   */
  public String describe(int feature) {
    int group = group(feature);
    return groups[group].describe(feature - firsts[group]);
  }

  private int group(int feature) {
    Objects.checkIndex(feature, size);
    int found = Arrays.binarySearch(firsts, feature);
    int group = found >= 0 ? found : -found - 2;
    // of groups that begin alike all but the last are empty
    while (group + 1 < firsts.length && firsts[group + 1] == feature) {
      group++;
    }
    return group;
  }

  /**
   * Per feature the category that it is a value of, numbered from 0, or -1 where it is a number of
   * its own. A record has at most one feature of each category.
   */
  public int[] categories() {
    int[] categories = new int[size];
    int category = 0;
    for (int group = 0; group < groups.length; group++) {
      int number = groups[group].isCategory() ? category++ : -1;
      Arrays.fill(categories, firsts[group], firsts[group] + groups[group].size(), number);
    }
    return categories;
  }

  /**
   * Per feature, the feature of another featurizer that means the same, or -1; -1 for all where the
   * other was made by other settings or of other columns.
   */
  public int[] placesIn(Featurizer other) {
    int[] places = new int[size];
    Arrays.fill(places, -1);
    if (!config.equals(other.config) || !schema.equals(other.schema)) {
      return places;
    }
    for (int group = 0; group < groups.length; group++) {
      int[] within = groups[group].placesIn(other.groups[group]);
      for (int i = 0; i < within.length; i++) {
        places[firsts[group] + i] = within[i] < 0 ? -1 : other.firsts[group] + within[i];
      }
    }
    return places;
  }

  /** What people read for a term of a bag space, such as {@code subject words "free money"}. */
  public String nameTerm(int space, String term) {
    return ((BagFeatures) groups[space]).describe(term);
  }

  /** Index of the feature that an id of a bag space is, or -1. */
  public int feature(int space, int id) {
    int slot = ((BagFeatures) groups[space]).slots().slot(id);
    return slot < 0 ? -1 : firsts[space] + slot;
  }

  List<FeatureGroup> groups() {
    return List.of(groups);
  }
}
