package dev.lakewright.resampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Targets;
import dev.lakewright.spread.SpreadResampling;
import java.util.Arrays;

/**
 * What a method's search of neighbours takes.
 *
 * @param pairs of rows that are compared
 */
record NeighbourWork(double pairs) {

  /** Multiply-adds that are left to one task: some ten seconds. */
  private static final double TASK_WORK = 1e11;

  /** About, until clusters settle. */
  private static final int ROUNDS = 20;

  /**
   * Of a method that {@link SpreadResampling#knows}.
   *
   * @param make per class how many rows are made
   */
  static NeighbourWork of(SamplingConfig config, ClassCounts counts, long[] make) {
    return new NeighbourWork(
        switch (config.method()) {
          case SMOTE, SMOTE_NC -> withinGrowing(counts, make);
          case BORDERLINE_SMOTE_1, BORDERLINE_SMOTE_2, ADASYN ->
              withinGrowing(counts, make) + fromGrowing(counts, make);
          case KMEANS_SMOTE ->
              withinGrowing(counts, make) + (double) counts.rows() * config.clusters() * ROUNDS;
          case CLUSTER_CENTROIDS -> betweenMeans(counts, Targets.toKeep(config, counts));
          case NEAR_MISS_1, NEAR_MISS_2, NEAR_MISS_3 ->
              (double) counts.rows() * counts.count(counts.smallest());
          case SMOTE_TOMEK, SMOTE_ENN ->
              withinGrowing(counts, make) + within(counts.rows() + Arrays.stream(make).sum());
          default -> within(counts.rows());
        });
  }

  private static double within(double rows) {
    return rows * rows / 2;
  }

  private static double betweenMeans(ClassCounts counts, long[] toKeep) {
    double pairs = 0;
    for (int label : counts.present()) {
      pairs += (double) Math.max(0, toKeep[label]) * counts.count(label) * ROUNDS;
    }
    return pairs;
  }

  private static double withinGrowing(ClassCounts counts, long[] make) {
    double pairs = 0;
    for (int label : counts.present()) {
      pairs += make[label] > 0 ? within(counts.count(label)) : 0;
    }
    return pairs;
  }

  private static double fromGrowing(ClassCounts counts, long[] make) {
    double pairs = 0;
    for (int label : counts.present()) {
      pairs += make[label] > 0 ? (double) counts.count(label) * counts.rows() : 0;
    }
    return pairs;
  }

  /**
   * Whether it may be left to one task.
   *
   * @param entries of a row
   */
  boolean isSmall(int entries) {
    return pairs * entries <= TASK_WORK;
  }
}
