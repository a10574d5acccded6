package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.ConcurrentAppend;
import dev.lakewright.metrics.Metric;
import io.delta.tables.DeltaTable;
import java.io.UncheckedIOException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Two Delta tables under one folder: {@code trials}, a row per trial, fold and rung, and {@code
 * out_of_fold}, a row per validation row of the best trials. What is there need not be computed
 * again: rows are found by what the sweep stands on and by what the trial does.
 */
public final class TrialTable {

  private static final StructType TRIALS =
      new StructType()
          .add("sweep", StringType)
          .add("trial", IntegerType)
          .add("fold", IntegerType)
          .add("fidelity", DoubleType)
          .add("state", StringType)
          .add("failure", StringType)
          .add("parameters", StringType)
          .add("trial_key", StringType)
          .add("metrics", DataTypes.createMapType(StringType, DoubleType))
          .add("passes", IntegerType)
          .add("seconds", DoubleType)
          .add("host", StringType)
          .add("seed", LongType)
          .add("finished_at", DataTypes.TimestampType)
          .add("code_version", StringType);

  private static final StructType OUT_OF_FOLD =
      new StructType()
          .add("sweep", StringType)
          .add("trial", IntegerType)
          .add("trial_key", StringType)
          .add("fold", IntegerType)
          .add("row_key", LongType)
          .add("id", StringType)
          .add("label", StringType)
          .add("weight", DataTypes.FloatType)
          .add("scores", DataTypes.createArrayType(DoubleType));

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private final String folder;
  private final String sweep;
  private final String codeVersion;

  /**
   * @param folder on any Hadoop file system
   * @param sweep what a trial's result depends on beside the trial: data, split, folds and code
   */
  public TrialTable(String folder, String sweep, String codeVersion) {
    this.folder = folder;
    this.sweep = sweep;
    this.codeVersion = codeVersion;
  }

  /** Folder of both tables. */
  public String folder() {
    return folder;
  }

  /** Path of the table of trials. */
  public String trialsPath() {
    return folder + "/trials";
  }

  /** Path of the table of out-of-fold scores. */
  public String outOfFoldPath() {
    return folder + "/out_of_fold";
  }

  /** What a trial does, where and how well: outcomes are the same for the same key. */
  record Key(String trial, int fold, double fidelity) {}

  /** What earlier runs of this sweep finished; failures are tried again. */
  Map<Key, FoldOutcome> finished(SparkSession spark) {
    Map<Key, FoldOutcome> outcomes = new LinkedHashMap<>();
    if (!exists(spark, trialsPath())) {
      return outcomes;
    }
    Dataset<Row> rows = spark.read().format("delta").load(trialsPath());
    if (!List.of(rows.columns()).contains("trial_key")) {
      throw new ConfigException(
          trialsPath() + " was written by an earlier version; set tune.table to another folder");
    }
    for (Row row :
        rows.filter(col("sweep").equalTo(sweep).and(col("failure").isNull()))
            .orderBy("finished_at")
            .collectAsList()) {
      FoldOutcome outcome =
          new FoldOutcome(
              row.getInt(row.fieldIndex("trial")),
              row.getInt(row.fieldIndex("fold")),
              row.getDouble(row.fieldIndex("fidelity")),
              row.getJavaMap(row.fieldIndex("metrics")),
              row.getDouble(row.fieldIndex("seconds")),
              row.getInt(row.fieldIndex("passes")),
              "",
              row.getString(row.fieldIndex("host")));
      outcomes.put(
          new Key(row.getString(row.fieldIndex("trial_key")), outcome.fold(), outcome.fidelity()),
          outcome);
    }
    return outcomes;
  }

  /** A point that an earlier sweep tried, and its mean metric with the most effort it got. */
  record Earlier(Map<String, Object> parameters, double mean) {}

  /** Every trial of another sweep's folder, in its order. */
  static List<Earlier> earlier(SparkSession spark, String otherFolder, Metric metric) {
    String path = otherFolder + "/trials";
    if (!exists(spark, path)) {
      throw new ConfigException(
          "tune.warm_start %s has no table of trials; give the tune.table of a sweep"
              .formatted(otherFolder));
    }
    List<Earlier> trials = new ArrayList<>();
    spark.read().format("delta").load(path).createOrReplaceTempView("_lw_earlier");
    Dataset<Row> means =
        spark.sql(
            "SELECT first(parameters) parameters, avg(metrics['"
                + metric.key()
                + "']) mean, fidelity, min(trial) trial FROM _lw_earlier WHERE failure IS NULL"
                + " GROUP BY trial_key, fidelity ORDER BY fidelity, trial");
    for (Row row : means.collectAsList()) {
      if (!row.isNullAt(1)) {
        trials.add(new Earlier(parse(row.getString(0)), row.getDouble(1)));
      }
    }
    return trials;
  }

  private static boolean exists(SparkSession spark, String path) {
    return DeltaTable.isDeltaTable(spark, path);
  }

  /** Adds outcomes of trials. */
  void append(SparkSession spark, List<TrialResult> trials, Set<FoldOutcome> outcomes, long seed) {
    List<Row> rows = new ArrayList<>();
    Timestamp now = new Timestamp(System.currentTimeMillis());
    for (TrialResult result : trials) {
      Trial trial = result.trial();
      String parameters = json(trial.parameters());
      String key = trial.key();
      for (FoldOutcome outcome : result.outcomes()) {
        if (outcomes.contains(outcome)) {
          rows.add(
              RowFactory.create(
                  sweep,
                  outcome.trial(),
                  outcome.fold(),
                  outcome.fidelity(),
                  state(outcome),
                  outcome.succeeded() ? null : outcome.failure(),
                  parameters,
                  key,
                  outcome.metrics(),
                  outcome.passes(),
                  outcome.seconds(),
                  outcome.host(),
                  seed,
                  now,
                  codeVersion));
        }
      }
    }
    append(spark.createDataFrame(rows, TRIALS).coalesce(1), trialsPath());
  }

  private static String state(FoldOutcome outcome) {
    if (!outcome.succeeded()) {
      return "failed";
    }
    return outcome.fidelity() == 1 ? "complete" : "rung";
  }

  /** Marks the rows of trials that never got the full effort, once a sweep has ended. */
  void markPruned(SparkSession spark, List<TrialResult> results) {
    Object[] pruned =
        results.stream()
            .filter(result -> result.state() == TrialResult.State.PRUNED)
            .map(result -> result.trial().key())
            .distinct()
            .toArray();
    if (pruned.length > 0) {
      DeltaTable.forPath(spark, trialsPath())
          .update(
              col("sweep")
                  .equalTo(sweep)
                  .and(col("state").equalTo("rung"))
                  .and(col("trial_key").isin(pruned)),
              Map.of("state", lit("pruned")));
    }
  }

  /** Adds out-of-fold scores of some trials. */
  void appendScores(
      SparkSession spark, CachedResults scores, Map<Integer, String> keys, List<String> classes) {
    String sweepId = sweep;
    List<String> labels = List.copyOf(classes);
    Map<Integer, String> kept = Map.copyOf(keys);
    JavaRDD<Row> rows =
        scores
            .results()
            .filter(result -> kept.containsKey(result.outcome().trial()))
            .flatMap(result -> scoreRows(sweepId, kept, labels, result));
    append(
        spark
            .createDataFrame(rows, OUT_OF_FOLD)
            .coalesce(spark.sparkContext().defaultParallelism()),
        outOfFoldPath());
  }

  /** Scores of a trial that an earlier run kept; empty where there are none. */
  List<FoldScores> scores(SparkSession spark, Trial trial, List<String> classes) {
    if (!exists(spark, outOfFoldPath())) {
      return List.of();
    }
    Map<Integer, List<Row>> folds = new LinkedHashMap<>();
    spark
        .read()
        .format("delta")
        .load(outOfFoldPath())
        .filter(col("sweep").equalTo(sweep).and(col("trial_key").equalTo(trial.key())))
        .dropDuplicates(new String[] {"fold", "row_key", "id"})
        .orderBy("fold", "row_key", "id")
        .collectAsList()
        .forEach(row -> folds.computeIfAbsent(row.getInt(3), fold -> new ArrayList<>()).add(row));
    List<FoldScores> scores = new ArrayList<>();
    folds.forEach((fold, rows) -> scores.add(foldScores(trial.number(), fold, rows, classes)));
    return scores;
  }

  private static FoldScores foldScores(int trial, int fold, List<Row> rows, List<String> classes) {
    int width = classes.size();
    long[] keys = new long[rows.size()];
    String[] ids = new String[rows.size()];
    int[] labels = new int[rows.size()];
    float[] weights = new float[rows.size()];
    double[] margins = new double[rows.size() * width];
    for (int i = 0; i < rows.size(); i++) {
      Row row = rows.get(i);
      keys[i] = row.getLong(4);
      ids[i] = row.getString(5);
      labels[i] = classes.indexOf(row.getString(6));
      weights[i] = row.getFloat(7);
      List<Double> values = row.getList(8);
      for (int k = 0; k < width; k++) {
        margins[i * width + k] = values.get(k);
      }
    }
    return new FoldScores(trial, fold, keys, ids, labels, weights, margins);
  }

  /** Not one transaction: what is there twice is read once. */
  private static void append(Dataset<Row> rows, String path) {
    ConcurrentAppend.run(() -> rows.write().format("delta").mode("append").save(path));
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> parse(String json) {
    try {
      return JSON.readValue(json, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<Row> scoreRows(
      String sweep, Map<Integer, String> keys, List<String> classes, FoldTask.Result result) {
    List<Row> rows = new ArrayList<>();
    int width = classes.size();
    for (FoldScores scores : result.scores()) {
      for (int i = 0; i < scores.labels().length; i++) {
        Double[] margins = new Double[width];
        for (int k = 0; k < width; k++) {
          margins[k] = scores.margins()[i * width + k];
        }
        rows.add(
            RowFactory.create(
                sweep,
                scores.trial(),
                keys.get(scores.trial()),
                scores.fold(),
                scores.keys()[i],
                scores.ids()[i],
                classes.get(scores.labels()[i]),
                scores.weights()[i],
                margins));
      }
    }
    return rows.iterator();
  }
}
