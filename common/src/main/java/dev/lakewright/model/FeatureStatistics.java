package dev.lakewright.model;

import dev.lakewright.config.FeaturesConfig;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What fitting a featurizer needs to know of some rows. Parts merge in any order to the same whole,
 * to the last bit, so that a fold's training statistics are the merge of the other folds'.
 */
public final class FeatureStatistics implements Serializable {

  private static final long serialVersionUID = 1L;

  private long rows;
  private final int[][] frequencies;
  private final long[] present;
  private final ExactSum[] sums;
  private final ExactSum[] squares;
  private final RowSample sample = new RowSample();
  private final List<HashMap<String, Long>> categories;
  private final long[] missingCategories;

  /**
   * @param vocabularies of the spaces of mode vocabulary, by place
   */
  public FeatureStatistics(
      FeaturesConfig config, RecordSchema schema, Map<Integer, Vocabulary> vocabularies) {
    List<BagSpace> spaces = BagSpace.of(config, schema);
    this.frequencies = new int[spaces.size()][];
    for (int space = 0; space < frequencies.length; space++) {
      BagSpace bag = spaces.get(space);
      frequencies[space] =
          new int[bag.hashed() ? 1 << bag.config().hashBits() : vocabularies.get(space).size()];
    }
    int numbers = schema.numeric().size();
    this.present = new long[numbers];
    this.sums = new ExactSum[numbers];
    this.squares = new ExactSum[numbers];
    for (int i = 0; i < numbers; i++) {
      sums[i] = new ExactSum();
      squares[i] = new ExactSum();
    }
    this.categories = schema.categorical().stream().map(c -> new HashMap<String, Long>()).toList();
    this.missingCategories = new long[categories.size()];
  }

  /**
   * Counts a row in.
   *
   * @param key stable hash of the row, which decides whether it is in the sample for quantiles
   * @throws IllegalArgumentException for an infinite number, which the caller was to refuse
   */
  public void add(FeatureCounts row, long key) {
    rows++;
    for (int space = 0; space < frequencies.length; space++) {
      int[] frequency = frequencies[space];
      for (int at = row.start(space); at < row.end(space); at++) {
        frequency[row.ids()[at]]++;
      }
    }
    for (int i = 0; i < present.length; i++) {
      double value = row.numbers()[i];
      if (Double.isInfinite(value)) {
        throw new IllegalArgumentException("numeric column " + i + " holds " + value);
      }
      if (!Double.isNaN(value)) {
        present[i]++;
        sums[i].add(value);
        squares[i].add(value * value);
      }
    }
    if (present.length > 0) {
      sample.add(key, row.numbers());
    }
    for (int i = 0; i < missingCategories.length; i++) {
      String category = row.categories()[i];
      if (category == null) {
        missingCategories[i]++;
      } else {
        categories.get(i).merge(category, 1L, Long::sum);
      }
    }
  }

  /** Adds what another part counted. */
  public void merge(FeatureStatistics other) {
    rows += other.rows;
    for (int space = 0; space < frequencies.length; space++) {
      int[] frequency = frequencies[space];
      for (int id = 0; id < frequency.length; id++) {
        frequency[id] += other.frequencies[space][id];
      }
    }
    for (int i = 0; i < present.length; i++) {
      present[i] += other.present[i];
      sums[i].add(other.sums[i]);
      squares[i].add(other.squares[i]);
    }
    sample.add(other.sample);
    for (int i = 0; i < missingCategories.length; i++) {
      missingCategories[i] += other.missingCategories[i];
      HashMap<String, Long> mine = categories.get(i);
      other.categories.get(i).forEach((category, count) -> mine.merge(category, count, Long::sum));
    }
  }

  /** Number of rows. */
  public long rows() {
    return rows;
  }

  /** Rows that hold each id of a space. */
  int[] frequencies(int space) {
    return frequencies[space];
  }

  long present(int number) {
    return present[number];
  }

  double mean(int number) {
    return present[number] == 0 ? 0 : sums[number].value() / present[number];
  }

  /** Population variance, at least 0. */
  double variance(int number) {
    if (present[number] == 0) {
      return 0;
    }
    double mean = mean(number);
    return Math.max(0, squares[number].value() / present[number] - mean * mean);
  }

  double[] sorted(int number) {
    return sample.sorted(number);
  }

  Map<String, Long> categories(int column) {
    return categories.get(column);
  }

  long missingCategories(int column) {
    return missingCategories[column];
  }
}
