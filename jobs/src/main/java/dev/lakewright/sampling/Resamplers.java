package dev.lakewright.sampling;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.DataException;
import java.util.List;
import java.util.Optional;

/** The resampling methods by the names that configurations give them. */
public final class Resamplers {

  private static final int TO_MAKE_ROWS = 5;
  private static final int WITHIN_CLUSTERS = 2;
  private static final int TO_REMOVE_ROWS = 3;

  private Resamplers() {}

  /**
   * The resampler that a configuration asks for; empty for {@code method: none}.
   *
   * @param classes names, by label
   * @param columns of the rows that will be resampled
   * @param probabilities asked by {@code instance_hardness} only
   * @throws ConfigException if the method cannot work on such columns
   */
  public static Optional<Resampler> of(
      SamplingConfig config,
      List<String> classes,
      Columns columns,
      OwnClassProbabilities probabilities) {
    Method method = config.method();
    Optional<Resampler> resampler =
        switch (method.family()) {
          case NONE -> Optional.empty();
          case OVER -> Optional.of(new OverSampler(config, classes, overSampling(config, columns)));
          case UNDER -> Optional.of(underSampler(config, classes, probabilities));
          case CLEANING -> Optional.of(new CleaningSampler(config, classes, cleaning(config)));
          case COMBINED -> Optional.of(combined(config, classes));
        };
    return resampler.map(unchecked -> new CheckedResampler(method, classes, unchecked));
  }

  private static OverSampling overSampling(SamplingConfig config, Columns columns) {
    int neighbours = neighboursToMake(config);
    int border = config.borderNeighbours();
    return switch (config.method()) {
      case RANDOM_OVER -> new RandomOver(config.smoothing(), columns);
      case SMOTE -> new Smote(neighbours);
      case SMOTE_NC -> new SmoteNc(neighbours, mixed(columns));
      case SMOTEN -> new Smoten(neighbours, categorical(columns));
      case BORDERLINE_SMOTE_1 -> new BorderlineSmote(neighbours, border, false);
      case BORDERLINE_SMOTE_2 -> new BorderlineSmote(neighbours, border, true);
      case ADASYN -> new Adasyn(neighbours);
      case KMEANS_SMOTE -> new KMeansSmote(neighboursWithinClusters(config), config.clusters());
      default -> throw new IllegalArgumentException(config.method() + " makes no rows");
    };
  }

  private static Resampler underSampler(
      SamplingConfig config, List<String> classes, OwnClassProbabilities probabilities) {
    int neighbours = neighboursToRemove(config);
    return switch (config.method()) {
      case RANDOM_UNDER -> new UnderSampler(config, classes, new RandomUnder());
      case NEAR_MISS_1 -> new UnderSampler(config, classes, new NearMiss(1, neighbours));
      case NEAR_MISS_2 -> new UnderSampler(config, classes, new NearMiss(2, neighbours));
      case NEAR_MISS_3 -> new UnderSampler(config, classes, new NearMiss(3, neighbours));
      case INSTANCE_HARDNESS ->
          new UnderSampler(config, classes, new InstanceHardness(probabilities));
      case CLUSTER_CENTROIDS -> new ClusterCentroids(config, classes);
      default -> throw new IllegalArgumentException(config.method() + " aims at no counts");
    };
  }

  private static Cleaning cleaning(SamplingConfig config) {
    int neighbours = neighboursToRemove(config);
    return switch (config.method()) {
      case TOMEK, SMOTE_TOMEK -> new TomekLinks();
      case ENN, SMOTE_ENN -> new EditedNeighbours(neighbours, config.agreement());
      case REPEATED_ENN -> new RepeatedEditing(neighbours, config.agreement(), false);
      case ALL_KNN -> new RepeatedEditing(neighbours, config.agreement(), true);
      case CONDENSED -> new Condensed();
      case ONE_SIDED -> new OneSided();
      case NEIGHBOURHOOD_CLEANING -> new NeighbourhoodCleaning(neighbours);
      default -> throw new IllegalArgumentException(config.method() + " cleans nothing");
    };
  }

  private static Resampler combined(SamplingConfig config, List<String> classes) {
    Smote smote = new Smote(neighboursToMake(config));
    return new CombinedSampler(new OverSampler(config, classes, smote), classes, cleaning(config));
  }

  /**
   * Refuses a result that lacks a class.
   *
   * @param before per class the rows before resampling
   * @param after per class the rows after it
   * @throws DataException naming the class
   */
  public static void requireAllClasses(
      Method method, List<String> classes, long[] before, long[] after) {
    for (int label = 0; label < before.length; label++) {
      if (before[label] > 0 && after[label] == 0) {
        throw new DataException(
            "sampling.method: %s would remove all %d training rows of the class %s; fewer sampling.neighbours, agreement: mode, or another sampling.target keeps some"
                .formatted(method.word(), before[label], classes.get(label)));
      }
    }
  }

  /**
   * Refuses rows of fewer than two classes.
   *
   * @throws DataException naming the class
   */
  public static void requireClasses(Method method, ClassCounts rows) {
    int[] present = rows.present();
    if (present.length < 2) {
      throw new DataException(
          "sampling.method: %s needs training rows of two classes, but there are only %s; set sampling.method to none"
              .formatted(
                  method.word(),
                  present.length == 0
                      ? "none"
                      : "%d of the class %s"
                          .formatted(rows.count(present[0]), rows.names().get(present[0]))));
    }
  }

  /**
   * Refuses a row that cannot be compared with others.
   *
   * @param row its number among the training rows
   * @param label name of its class
   * @throws DataException naming the first of its entries that is no finite number
   */
  public static void requireFinite(
      Method method, long row, String label, int[] columns, float[] values, int from, int until) {
    for (int at = from; at < until; at++) {
      if (!Float.isFinite(values[at])) {
        throw new DataException(
            "sampling.method: %s needs finite numbers, but training row %d (class %s) holds %s in feature %d; fill missing values with features.numeric.impute, or remove the row"
                .formatted(method.word(), row, label, values[at], columns[at]));
      }
    }
  }

  /** Why {@code small_classes: refuse} ends a trial or a job. */
  public static DataException tooFewRows(Method method, int neighbours, String label, long rows) {
    return new DataException(
        "sampling.method: %s wants %d neighbours of a row within its class, but the class %s has %d training rows; lower sampling.neighbours, choose random_over, or set sampling.small_classes to fewer_neighbours, duplicate or skip"
            .formatted(method.word(), neighbours, label, rows));
  }

  /** Nearest neighbours that methods look at to make rows, and combined ones to make theirs. */
  public static int neighboursToMake(SamplingConfig config) {
    return neighbours(config, TO_MAKE_ROWS);
  }

  /** Nearest neighbours that are looked at to make rows within clusters. */
  public static int neighboursWithinClusters(SamplingConfig config) {
    return neighbours(config, WITHIN_CLUSTERS);
  }

  /** Nearest neighbours that methods look at to remove rows. */
  public static int neighboursToRemove(SamplingConfig config) {
    // those of a combined method are to make rows
    return config.method().makesRows() ? TO_REMOVE_ROWS : neighbours(config, TO_REMOVE_ROWS);
  }

  private static int neighbours(SamplingConfig config, int fallback) {
    return config.neighbours() > 0 ? config.neighbours() : fallback;
  }

  private static Columns mixed(Columns columns) {
    if (columns.categoryCount() == 0) {
      throw new ConfigException(
          "sampling.method: smote_nc needs categorical columns beside others, but none of the %d features is categorical; choose smote"
              .formatted(columns.numberCount()));
    }
    if (columns.numberCount() == 0) {
      throw new ConfigException(
          "sampling.method: smote_nc needs numbers or text beside categorical columns, but all features are categorical; choose smoten");
    }
    return columns;
  }

  private static Columns categorical(Columns columns) {
    if (columns.numberCount() > 0) {
      throw new ConfigException(
          "sampling.method: smoten works on categorical columns only, but %d of the %d features are numbers or text; choose smote_nc, or smote without categorical columns"
              .formatted(columns.numberCount(), columns.categories().length));
    }
    return columns;
  }
}
