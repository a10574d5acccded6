package dev.lakewright.model;

import dev.lakewright.config.CategoricalConfig;
import dev.lakewright.config.FeaturesConfig;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * What a featurizer learns from rows: document frequencies, numeric and categorical statistics. A
 * commutative monoid under {@link #merge}: whatever the parts and their order, the result is the
 * same to the last bit. So statistics are kept per fold, and a fold's training statistics are the
 * merge of all others.
 *
 * <p>Serializable to travel between tasks, never to be stored. At most 2^31 - 1 rows.
 */
public final class FeatureStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  private int rows;
  private final int[][] documentFrequencies;
  private final NumericStatistics[] numeric;
  private final CategoryStatistics[] categorical;

  /** Statistics of no rows; the arguments must be those of the {@link FeatureCounter}. */
  public FeatureStatistics(
      FeaturesConfig config, RecordSchema schema, Map<Integer, Vocabulary> vocabularies) {
    List<BagSpace> spaces = BagSpace.of(config, schema);
    documentFrequencies = new int[spaces.size()][];
    for (int space = 0; space < documentFrequencies.length; space++) {
      documentFrequencies[space] = new int[ids(spaces.get(space), vocabularies.get(space))];
    }
    numeric = new NumericStatistics[schema.numeric().size()];
    for (int column = 0; column < numeric.length; column++) {
      numeric[column] = new NumericStatistics();
    }
    // hashing learns nothing, and may stand for more values than can be counted
    boolean learnt = config.categorical().encode() == CategoricalConfig.Encode.ONE_HOT;
    categorical = new CategoryStatistics[learnt ? schema.categorical().size() : 0];
    for (int column = 0; column < categorical.length; column++) {
      categorical[column] = new CategoryStatistics(schema.categorical().get(column));
    }
  }

  private static int ids(BagSpace space, Vocabulary vocabulary) {
    if (space.hashed()) {
      return space.buckets();
    }
    return vocabulary == null ? 0 : vocabulary.size();
  }

  /**
   * Adds a row.
   *
   * @param rowKey a stable hash of the row, which decides whether it is sampled for quantiles
   */
  public void add(FeatureCounts row, long rowKey) {
    rows = Math.incrementExact(rows);
    int[] ids = row.ids();
    for (int space = 0; space < documentFrequencies.length; space++) {
      int[] frequencies = documentFrequencies[space];
      int end = row.end(space);
      for (int at = row.start(space); at < end; at++) {
        frequencies[ids[at]]++;
      }
    }
    for (int column = 0; column < numeric.length; column++) {
      numeric[column].add(row.numbers()[column], rowKey);
    }
    for (int column = 0; column < categorical.length; column++) {
      categorical[column].add(row.categories()[column]);
    }
  }

  /** Adds the rows of other statistics, made with the same arguments. */
  public void merge(FeatureStatistics other) {
    rows = Math.addExact(rows, other.rows);
    for (int space = 0; space < documentFrequencies.length; space++) {
      int[] frequencies = documentFrequencies[space];
      int[] others = other.documentFrequencies[space];
      for (int id = 0; id < frequencies.length; id++) {
        frequencies[id] += others[id];
      }
    }
    for (int column = 0; column < numeric.length; column++) {
      numeric[column].merge(other.numeric[column]);
    }
    for (int column = 0; column < categorical.length; column++) {
      categorical[column].merge(other.categorical[column]);
    }
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** Rows that hold each id of a space. */
  int[] documentFrequencies(int space) {
    return documentFrequencies[space];
  }

  NumericStatistics numeric(int column) {
    return numeric[column];
  }

  CategoryStatistics categorical(int column) {
    return categorical[column];
  }
}
