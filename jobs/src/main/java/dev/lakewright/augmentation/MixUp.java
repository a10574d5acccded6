package dev.lakewright.augmentation;

import dev.lakewright.config.AugmentationConfig;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.BetaDistribution;
import org.apache.commons.math3.random.AbstractRandomGenerator;

/**
 * Mix-up (Zhang, Cisse, Dauphin and Lopez-Paz, "mixup: Beyond empirical risk minimization" (2018),
 * equation 1): adds rows {@code s × a + (1 - s) × b} of a row a and a partner b, the share s drawn
 * from Beta(alpha, alpha). Labels mix alike: a mixture of two classes becomes two rows of equal
 * features, one of each class, that share its weight by s and 1 - s, which gives any loss that is
 * linear in the label the same sum.
 */
public final class MixUp {

  private final AugmentationConfig config;
  private final RowMatrix rows;
  private final int[][] byClass;
  private final Stream stream = new Stream();
  private final BetaDistribution shares;
  private final SparseVector left = new SparseVector();
  private final SparseVector right = new SparseVector();
  private final SparseVector mixture = new SparseVector();

  private MixUp(AugmentationConfig config, RowMatrix rows, int classes) {
    this.config = config;
    this.rows = rows;
    this.shares = new BetaDistribution(stream, config.mixUpAlpha(), config.mixUpAlpha());
    this.byClass = byClass(rows, classes);
  }

  private static int[][] byClass(RowMatrix rows, int classes) {
    long[] counts = rows.classCounts(classes);
    int[][] places = new int[classes][];
    Arrays.setAll(places, k -> new int[(int) counts[k]]);
    int[] ends = new int[classes];
    for (int row = 0; row < rows.rows(); row++) {
      places[rows.label(row)][ends[rows.label(row)]++] = row;
    }
    return places;
  }

  /**
   * The rows themselves where nothing is to be mixed; else a new matrix of the rows, followed by
   * the mixtures.
   *
   * @param rows in an order of their own, such as that of their keys: draws hang on their places
   */
  public static RowMatrix of(AugmentationConfig config, List<String> classes, RowMatrix rows) {
    if (!config.mixes()) {
      return rows;
    }
    long[] quotas =
        new Quotas(config, classes).of(rows.classCounts(classes.size()), config.mixUp());
    RowMatrix all = new RowMatrix(rows.features());
    all.append(rows);
    MixUp mixUp = new MixUp(config, rows, classes.size());
    for (int k = 0; k < quotas.length; k++) {
      mixUp.addClass(k, quotas[k], all);
    }
    return all;
  }

  /**
   * How many rows are added, at most.
   *
   * @param rows of each class
   */
  public static long made(AugmentationConfig config, List<String> classes, long[] rows) {
    long mixtures = Arrays.stream(new Quotas(config, classes).of(rows, config.mixUp())).sum();
    return config.mixUpPartners() == AugmentationConfig.Partners.ANY ? 2 * mixtures : mixtures;
  }

  /** Each row of the class has the same number of mixtures, and the first by hash one more. */
  private void addClass(int label, long quota, RowMatrix to) {
    int[] places = byClass[label];
    if (quota == 0) {
      return;
    }
    long whole = quota / places.length;
    int[] first = firstByHash(places, (int) (quota % places.length));
    for (long round = 0; round <= whole; round++) {
      for (int place : round < whole ? places : first) {
        addMixture(place, round, to);
      }
    }
  }

  private int[] firstByHash(int[] places, int count) {
    long[] draws =
        LongStream.range(0, places.length)
            .map(i -> RecordDraw.of(config.seed(), places[(int) i]))
            .toArray();
    long[] ordered = draws.clone();
    Arrays.sort(ordered);
    return IntStream.range(0, places.length)
        .filter(i -> count > 0 && draws[i] < ordered[count])
        .map(i -> places[i])
        .toArray();
  }

  private void addMixture(int place, long round, RowMatrix to) {
    stream.setSeed(RecordDraw.of(RecordDraw.of(config.seed(), place), round + 1));
    int partner = partner(place);
    double share = shares.sample();
    mix(place, partner, (float) share);
    float weight = (float) (share * rows.weight(place) + (1 - share) * rows.weight(partner));
    if (rows.label(place) == rows.label(partner)) {
      to.add(mixture, rows.label(place), weight);
      return;
    }
    addPart(rows.label(place), (float) (share * weight), to);
    addPart(rows.label(partner), (float) ((1 - share) * weight), to);
  }

  /** A part without weight would be no row. */
  private void addPart(int label, float weight, RowMatrix to) {
    if (weight > 0) {
      to.add(mixture, label, weight);
    }
  }

  /** Another row by chance; a row that is alone is its own partner. */
  private int partner(int place) {
    int[] same = byClass[rows.label(place)];
    boolean any = config.mixUpPartners() == AugmentationConfig.Partners.ANY;
    int others = (any ? rows.rows() : same.length) - 1;
    if (others == 0) {
      return place;
    }
    int chosen = stream.nextInt(others);
    if (any) {
      return chosen < place ? chosen : chosen + 1;
    }
    return same[chosen] < place ? same[chosen] : same[chosen + 1];
  }

  private void mix(int place, int partner, float share) {
    rows.read(place, left);
    rows.read(partner, right);
    mixture.clear();
    int i = 0;
    int j = 0;
    while (i < left.size() || j < right.size()) {
      int one = i < left.size() ? left.indices()[i] : Integer.MAX_VALUE;
      int other = j < right.size() ? right.indices()[j] : Integer.MAX_VALUE;
      float value = 0;
      if (one <= other) {
        value += share * left.values()[i++];
      }
      if (other <= one) {
        value += (1 - share) * right.values()[j++];
      }
      if (value != 0) {
        mixture.add(Math.min(one, other), value);
      }
    }
  }

  /** SplitMix64, in the form that the Beta distribution draws from. */
  private static final class Stream extends AbstractRandomGenerator {
    private long seed;
    private long drawn;

    @Override
    public void setSeed(long newSeed) {
      clear();
      seed = newSeed;
      drawn = 0;
    }

    @Override
    public double nextDouble() {
      return (RecordDraw.of(seed, drawn++) >>> 11) * 0x1p-53;
    }
  }
}
