package dev.lakewright.model;

import java.io.Serializable;

/** Features that are made from one bag space or one column. Immutable and thread-safe. */
sealed interface FeatureGroup extends Serializable
    permits BagFeatures, ScaledNumber, BinnedNumber, OneHotCategory, HashedCategory {

  /** Number of features. */
  int size();

  /**
   * Appends the record's features that are not 0.
   *
   * @param first index of the group's first feature
   */
  void weigh(FeatureCounts in, int first, SparseVector out);

  /** Whether it is a category: a record has at most one of its features. */
  default boolean isCategory() {
    return false;
  }

  /**
   * Per feature of this group, the feature of a group made by the same settings that means the
   * same, or -1.
   */
  int[] placesIn(FeatureGroup other);

  /** What people read for a feature, {@code 0 <= feature < size()}. */
  String describe(int feature);
}
