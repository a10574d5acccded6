package dev.lakewright.config;

import java.util.Locale;

/** What can be done about rare classes. */
public enum Remedy {
  NONE,
  CONFIGURED,
  BALANCED_WEIGHTS,
  EFFECTIVE_NUMBER,
  RANDOM_OVER,
  SMOTE,
  SMOTE_NC,
  SMOTEN,
  BORDERLINE_SMOTE_1,
  BORDERLINE_SMOTE_2,
  ADASYN,
  KMEANS_SMOTE,
  RANDOM_UNDER,
  NEAR_MISS_1,
  NEAR_MISS_2,
  NEAR_MISS_3,
  CLUSTER_CENTROIDS,
  INSTANCE_HARDNESS,
  TOMEK,
  ENN,
  REPEATED_ENN,
  ALL_KNN,
  CONDENSED,
  ONE_SIDED,
  NEIGHBOURHOOD_CLEANING,
  SMOTE_TOMEK,
  SMOTE_ENN,
  FOCAL,
  LOGIT_ADJUSTED,
  BALANCED_BAGGING,
  EASY_ENSEMBLE,
  RUS_BOOST,
  AUGMENTATION,
  MIX_UP,
  THRESHOLDS;

  /** As it is written in a configuration. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
