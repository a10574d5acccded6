package dev.lakewright.tuning;

import static org.apache.spark.sql.functions.col;

import dev.lakewright.lake.ConcurrentAppend;
import io.delta.tables.DeltaTable;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The Delta table {@code out_of_fold}: a row per validation row of the best trials. */
public final class OutOfFoldTable {

  private static final Column[] COLUMNS = {
    col("sweep"),
    col("trial"),
    col("trialKey").as("trial_key"),
    col("fold"),
    col("rowKey").as("row_key"),
    col("id"),
    col("label"),
    col("weight"),
    col("scores")
  };

  private final String path;
  private final String sweep;

  OutOfFoldTable(String path, String sweep) {
    this.path = path;
    this.sweep = sweep;
  }

  /** Where it lies. */
  public String path() {
    return path;
  }

  /** One row; its getters name the columns. */
  public static final class ScoredRow implements Serializable {

    private static final long serialVersionUID = 1L;

    private final String sweep;
    private final String trialKey;
    private final FoldScores of;
    private final String label;
    private final int row;
    private final double[] scores;

    ScoredRow(String sweep, String trialKey, FoldScores of, List<String> classes, int row) {
      int width = classes.size();
      this.sweep = sweep;
      this.trialKey = trialKey;
      this.of = of;
      this.label = classes.get(of.labels()[row]);
      this.row = row;
      this.scores = Arrays.copyOfRange(of.margins(), row * width, (row + 1) * width);
    }

    /** What the sweep stands on. */
    public String getSweep() {
      return sweep;
    }

    /** Number of the trial. */
    public int getTrial() {
      return of.trial();
    }

    /** What the trial does. */
    public String getTrialKey() {
      return trialKey;
    }

    /** Fold that the row belongs to, and that the model has not seen. */
    public int getFold() {
      return of.fold();
    }

    /** Stable hash of the row. */
    public long getRowKey() {
      return of.keys()[row];
    }

    /** Id of the row. */
    public String getId() {
      return of.ids()[row];
    }

    /** Its label. */
    public String getLabel() {
      return label;
    }

    /** Its weight. */
    public float getWeight() {
      return of.weights()[row];
    }

    /** A margin per class. */
    public double[] getScores() {
      return scores;
    }
  }

  /** Adds scores of some trials. Not one transaction: what is there twice is read once. */
  void append(
      SparkSession spark, CachedResults results, Map<Integer, String> keys, List<String> classes) {
    String sweepId = sweep;
    List<String> labels = List.copyOf(classes);
    Map<Integer, String> kept = Map.copyOf(keys);
    JavaRDD<ScoredRow> rows =
        results
            .results()
            .filter(result -> kept.containsKey(result.outcome().trial()))
            .flatMap(result -> rows(sweepId, kept, labels, result));
    ConcurrentAppend.run(
        () ->
            spark
                .createDataset(rows.rdd(), Encoders.bean(ScoredRow.class))
                .select(COLUMNS)
                .coalesce(spark.sparkContext().defaultParallelism())
                .write()
                .format("delta")
                .mode("append")
                .save(path));
  }

  private static Iterator<ScoredRow> rows(
      String sweep, Map<Integer, String> keys, List<String> classes, FoldTask.Result result) {
    return result.scores().stream()
        .flatMap(
            scores ->
                IntStream.range(0, scores.labels().length)
                    .mapToObj(
                        row ->
                            new ScoredRow(sweep, keys.get(scores.trial()), scores, classes, row)))
        .iterator();
  }

  /** Scores of a trial that an earlier run kept; empty where there are none. */
  List<FoldScores> scores(SparkSession spark, Trial trial, List<String> classes) {
    if (!DeltaTable.isDeltaTable(spark, path)) {
      return List.of();
    }
    Map<Integer, List<Row>> folds = new LinkedHashMap<>();
    spark
        .read()
        .format("delta")
        .load(path)
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
}
