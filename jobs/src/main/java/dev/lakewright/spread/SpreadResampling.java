package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Family;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Resamplers;
import dev.lakewright.sampling.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Methods that look at what rows hold, over rows that stay spread. To be closed once what the
 * derivations tell has been read.
 */
public final class SpreadResampling implements AutoCloseable {

  private static final Set<Method> METHODS =
      EnumSet.of(
          Method.SMOTE,
          Method.SMOTE_NC,
          Method.BORDERLINE_SMOTE_1,
          Method.BORDERLINE_SMOTE_2,
          Method.ADASYN,
          Method.KMEANS_SMOTE,
          Method.NEAR_MISS_1,
          Method.NEAR_MISS_2,
          Method.NEAR_MISS_3,
          Method.CLUSTER_CENTROIDS,
          Method.TOMEK,
          Method.ENN,
          Method.REPEATED_ENN,
          Method.ALL_KNN,
          Method.ONE_SIDED,
          Method.NEIGHBOURHOOD_CLEANING,
          Method.SMOTE_TOMEK,
          Method.SMOTE_ENN);

  /** Those that ask what single columns hold. */
  private static final Set<Method> OF_COLUMNS =
      EnumSet.of(Method.SMOTE_NC, Method.CLUSTER_CENTROIDS);

  private static final String MADE = "_lw_made";

  private final SpreadSetting setting;
  private final SamplingConfig config;
  private final Realization realization;
  private final ClassCounts counts;
  private final EncodedRows rows;
  private final CachedRows cached = new CachedRows();
  private final SpreadNeighbours search;

  /**
   * @param rows will be read many times
   * @param counts of the rows, whose names are those of the label column
   * @param realization makes rows of the derivations that refer to these
   */
  public SpreadResampling(
      SpreadSetting setting,
      SamplingConfig config,
      EncodedRows rows,
      ClassCounts counts,
      Realization realization) {
    this.setting = setting;
    this.config = config;
    this.realization = realization;
    this.counts = counts;
    this.rows = rows;
    this.search = new SpreadNeighbours(setting);
  }

  /** Whether a method can do without having all rows in one place. */
  public static boolean knows(Method method, Encoding encoding) {
    return METHODS.contains(method)
        && (method != Method.CLUSTER_CENTROIDS || encoding.categorical().isEmpty());
  }

  /** The same where rows hold vectors. */
  public static boolean knowsVectors(Method method) {
    return METHODS.contains(method) && !OF_COLUMNS.contains(method);
  }

  /**
   * Resamples.
   *
   * @param make per class how many rows to make
   * @return derivations of the rows made, and unless the method keeps all rows, of those that stay
   */
  public List<Dataset<Row>> derivations(long[] make) {
    Family family = config.method().family();
    setting.tell(config.method().word() + " over rows that stay spread");
    return switch (family) {
      case OVER -> grown(make);
      case UNDER ->
          config.method() == Method.CLUSTER_CENTROIDS
              ? centroids()
              : List.of(Derivation.kept(nearMiss()));
      case CLEANING -> List.of(Derivation.kept(cleaned()));
      case COMBINED -> combined(make);
      case NONE -> throw new IllegalArgumentException("no method");
    };
  }

  private List<Dataset<Row>> grown(long[] make) {
    return new SpreadGrowth(setting.spark(), config, rows).derivations(making(make), counts, make);
  }

  private SpreadMaking making(long[] make) {
    return switch (config.method()) {
      case SMOTE, SMOTE_TOMEK, SMOTE_ENN -> {
        int k = Resamplers.neighboursToMake(config);
        yield new SpreadSmote(setting, rows, counts, k, cached);
      }
      case SMOTE_NC -> new SpreadSmoteNc(config, rows, search);
      case KMEANS_SMOTE -> {
        SpreadClusters clusters =
            SpreadClusters.of(setting, rows, config.clusters(), config.seed(), cached);
        long total = Arrays.stream(make).sum();
        yield new SpreadKMeansSmote(setting, config, rows, counts, clusters, total, cached);
      }
      default -> new SpreadBorder(config, rows, search);
    };
  }

  private List<Dataset<Row>> centroids() {
    long[] toKeep = Targets.toKeep(config, counts);
    List<Dataset<Row>> derivations =
        new ArrayList<>(new SpreadCentroids(setting, config, cached).means(rows, counts, toKeep));
    EncodedRows others =
        rows.where(label -> toKeep[label] < 0 || toKeep[label] == counts.count(label));
    derivations.add(Derivation.kept(others.rows().select(EncodedRows.ROW)));
    return derivations;
  }

  private Dataset<Row> nearMiss() {
    return new SpreadNearMiss(config, search).kept(rows, counts, Targets.toKeep(config, counts));
  }

  private Dataset<Row> cleaned() {
    boolean[] removable = Targets.toClean(config, counts);
    return requireAllClasses(
        rows, new SpreadCleaning(config, removable, search).kept(rows, counts));
  }

  private Dataset<Row> requireAllClasses(EncodedRows all, Dataset<Row> kept) {
    Resamplers.requireAllClasses(
        config.method(), counts.names(), counts.counts(), all.only(kept).counts());
    return kept;
  }

  /** Makes rows, then cleans all classes, made rows too (Batista, Prati, Monard, 2004). */
  private List<Dataset<Row>> combined(long[] make) {
    Dataset<Row> made =
        search.keep(
            grown(make).stream()
                .reduce(Dataset::union)
                .orElseGet(() -> setting.spark().createDataFrame(List.of(), Derivation.SCHEMA))
                .withColumn(MADE, xxhash64(col(EncodedRows.ROW), col(Derivation.NUMBER))));
    EncodedRows all = rows.with(search.keep(rows.rows().union(realization.encoded(made, MADE))));
    boolean[] removable = new boolean[counts.classes()];
    Arrays.fill(removable, true);
    Dataset<Row> kept =
        requireAllClasses(all, new SpreadCleaning(config, removable, search).kept(all, counts));
    Dataset<Row> keptMade =
        made.join(
            kept.withColumnRenamed(EncodedRows.ROW, MADE), EncodedRows.joined(MADE), "left_semi");
    return List.of(Derivation.kept(rows.of(kept)), keptMade.drop(MADE));
  }

  @Override
  public void close() {
    search.close();
    cached.close();
  }
}
