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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The Delta table {@code trials}: a row per trial, fold and rung. What is there need not be
 * computed again: rows are found by what the sweep stands on and by what the trial does.
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

  /** The table of out-of-fold scores beside it. */
  public OutOfFoldTable outOfFold() {
    return new OutOfFoldTable(folder + "/out_of_fold", sweep);
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
}
