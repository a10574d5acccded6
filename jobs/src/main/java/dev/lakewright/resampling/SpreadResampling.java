package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Family;
import dev.lakewright.config.SamplingConfig.Method;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Resamplers;
import dev.lakewright.sampling.Targets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Methods that look at what rows hold, over rows that stay spread. To be closed once the rows are
 * written.
 */
final class SpreadResampling implements AutoCloseable {

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

  private static final String MADE = "_lw_made";

  private final SparkSession spark;
  private final SamplingConfig config;
  private final DerivedRows derived;
  private final Dataset<Row> numbered;
  private final NeighbourSearch wanted;
  private final ClassCounts counts;
  private final EncodedRows rows;
  private final Consumer<String> progress;
  private final CachedRows cached = new CachedRows();
  private final SpreadNeighbours search;

  /**
   * @param wanted how neighbours are to be found, however many
   * @param numbered rows of the source
   * @param derived how they become rows of the result
   */
  SpreadResampling(
      SparkSession spark,
      SamplingConfig config,
      NeighbourSearch wanted,
      Dataset<Row> numbered,
      DerivedRows derived,
      Encoding encoding,
      ClassCounts counts,
      Consumer<String> progress) {
    this.spark = spark;
    this.config = config;
    this.wanted = wanted;
    this.numbered = numbered;
    this.derived = derived;
    this.counts = counts;
    this.progress = progress;
    this.rows = new EncodedRows(cached.lazily(encoding.select(numbered)), encoding, counts.names());
    this.search = new SpreadNeighbours(spark, wanted, progress);
  }

  /** Whether a method can do without having all rows in one place. */
  static boolean knows(Method method, Encoding encoding) {
    return METHODS.contains(method)
        && (method != Method.CLUSTER_CENTROIDS || encoding.categorical().isEmpty());
  }

  /**
   * Resamples.
   *
   * @param make per class how many rows to make
   * @return derivations of the rows made, and unless the method keeps all rows, of those that stay
   */
  List<Dataset<Row>> derivations(long[] make) {
    Family family = config.method().family();
    progress.accept(config.method().word() + " over rows that stay spread");
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
    return new SpreadGrowth(spark, config, rows).derivations(making(make), counts, make);
  }

  private SpreadMaking making(long[] make) {
    return switch (config.method()) {
      case SMOTE, SMOTE_TOMEK, SMOTE_ENN -> {
        int k = Resamplers.neighboursToMake(config);
        yield new SpreadSmote(spark, rows, counts, k, wanted, cached, progress);
      }
      case SMOTE_NC -> new SpreadSmoteNc(config, rows, search);
      case KMEANS_SMOTE -> {
        SpreadClusters clusters =
            SpreadClusters.of(spark, rows, config.clusters(), config.seed(), cached, progress);
        long total = Arrays.stream(make).sum();
        yield new SpreadKMeansSmote(
            spark, config, wanted, rows, counts, clusters, total, cached, progress);
      }
      default -> new SpreadBorder(config, rows, search);
    };
  }

  private List<Dataset<Row>> centroids() {
    long[] toKeep = Targets.toKeep(config, counts);
    List<Dataset<Row>> derivations =
        new ArrayList<>(
            new SpreadCentroids(spark, config, cached, progress).means(rows, counts, toKeep));
    EncodedRows others =
        rows.where(label -> toKeep[label] < 0 || toKeep[label] == counts.count(label));
    derivations.add(Derivation.kept(others.rows().select(NumberedRows.ROW)));
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
                .orElseGet(() -> spark.createDataFrame(List.of(), Derivation.SCHEMA))
                .withColumn(MADE, xxhash64(col(NumberedRows.ROW), col(ResampledColumns.NUMBER))));
    EncodedRows all =
        rows.with(search.keep(rows.rows().union(derived.encoded(made, MADE, numbered))));
    boolean[] removable = new boolean[counts.classes()];
    Arrays.fill(removable, true);
    Dataset<Row> kept =
        requireAllClasses(all, new SpreadCleaning(config, removable, search).kept(all, counts));
    Dataset<Row> keptMade =
        made.join(
            kept.withColumnRenamed(NumberedRows.ROW, MADE), NumberedRows.joined(MADE), "left_semi");
    return List.of(Derivation.kept(rows.of(kept)), keptMade.drop(MADE));
  }

  @Override
  public void close() {
    search.close();
    cached.close();
  }
}
