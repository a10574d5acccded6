package dev.lakewright.model;

import dev.lakewright.config.NgramConfig;
import java.util.Optional;

/**
 * The terms of one bag space: value {@code tf × idf}, where {@code tf} is the count or {@code 1 +
 * ln(count)}, scaled so that the record's values have Euclidean length 1 where asked for (Salton
 * and Buckley, <i>Term-weighting approaches in automatic text retrieval</i>, 1988; smoothed as
 * scikit-learn's {@code TfidfTransformer}). A negative count, which signed hashing makes, gives the
 * negative value.
 */
final class BagFeatures implements FeatureGroup {

  private static final long serialVersionUID = 1L;

  /** {@code 1 + ln(count)} of small counts. */
  private static final double[] SUBLINEAR = new double[256];

  static {
    for (int count = 1; count < SUBLINEAR.length; count++) {
      SUBLINEAR[count] = 1 + StrictMath.log(count);
    }
  }

  private final int place;
  private final String title;
  private final Vocabulary vocabulary;
  private final IdSlots slots;
  private final double[] factors;
  private final boolean sublinear;
  private final boolean normalized;

  /**
   * @param place of the space among all
   * @param title of the space, for people
   * @param vocabulary of mode vocabulary
   * @param slots the ids that are features
   * @param factors idf per feature, or all 1
   */
  BagFeatures(
      int place,
      String title,
      NgramConfig config,
      Optional<Vocabulary> vocabulary,
      IdSlots slots,
      double[] factors) {
    if (factors.length != slots.size()) {
      throw new IllegalArgumentException(
          "%d features need as many factors, not %d".formatted(slots.size(), factors.length));
    }
    this.place = place;
    this.title = title;
    // a field that travels between tasks cannot be Optional
    this.vocabulary = vocabulary.orElse(null);
    this.slots = slots;
    this.factors = factors;
    this.sublinear = config.sublinear();
    this.normalized = config.norm() == NgramConfig.Norm.L2;
  }

  @Override
  public int size() {
    return slots.size();
  }

  @Override
  public void weigh(FeatureCounts in, int first, SparseVector out) {
    int[] ids = in.ids();
    float[] counts = in.counts();
    int end = in.end(place);
    double scale = normalized ? 1 / length(in) : 1;
    for (int at = in.start(place); at < end; at++) {
      int slot = slots.slot(ids[at]);
      if (slot >= 0) {
        out.add(first + slot, (float) (frequency(counts[at]) * factors[slot] * scale));
      }
    }
  }

  private double length(FeatureCounts in) {
    int[] ids = in.ids();
    float[] counts = in.counts();
    int end = in.end(place);
    double squares = 0;
    for (int at = in.start(place); at < end; at++) {
      int slot = slots.slot(ids[at]);
      if (slot >= 0) {
        double value = frequency(counts[at]) * factors[slot];
        squares += value * value;
      }
    }
    // unlike logarithms, correctly rounded on every platform
    return Math.sqrt(squares);
  }

  private double frequency(float count) {
    if (!sublinear) {
      return count;
    }
    float magnitude = Math.abs(count);
    double frequency =
        magnitude < SUBLINEAR.length ? SUBLINEAR[(int) magnitude] : 1 + StrictMath.log(magnitude);
    return count < 0 ? -frequency : frequency;
  }

  @Override
  public int[] placesIn(FeatureGroup other) {
    BagFeatures bag = (BagFeatures) other;
    int[] places = new int[size()];
    for (int feature = 0; feature < places.length; feature++) {
      int id = slots.ids()[feature];
      int theirs = vocabulary == null ? id : bag.vocabulary.id(vocabulary.term(id));
      places[feature] = theirs < 0 ? -1 : bag.slots.slot(theirs);
    }
    return places;
  }

  @Override
  public String describe(int feature) {
    return vocabulary == null
        ? title + " bucket " + slots.ids()[feature]
        : describe(vocabulary.term(slots.ids()[feature]));
  }

  /** What people read for a term of the space. */
  String describe(String term) {
    return title + " \"" + term + "\"";
  }

  Optional<Vocabulary> vocabulary() {
    return Optional.ofNullable(vocabulary);
  }

  IdSlots slots() {
    return slots;
  }

  double[] factors() {
    return factors;
  }
}
