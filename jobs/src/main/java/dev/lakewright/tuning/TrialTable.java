package dev.lakewright.tuning;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.lake.ConcurrentAppend;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Two Delta tables under one folder: {@code trials}, a row per trial and fold, and {@code
 * out_of_fold}, a row per trial and validation row. A sweep that is written twice is there once.
 */
public final class TrialTable {

  private static final StructType TRIALS =
      new StructType()
          .add("sweep", StringType)
          .add("trial", IntegerType)
          .add("fold", IntegerType)
          .add("state", StringType)
          .add("failure", StringType)
          .add("parameters", StringType)
          .add("metrics", DataTypes.createMapType(StringType, DoubleType))
          .add("iterations", IntegerType)
          .add("seconds", DoubleType)
          .add("code_version", StringType);

  private static final StructType OUT_OF_FOLD =
      new StructType()
          .add("sweep", StringType)
          .add("trial", IntegerType)
          .add("fold", IntegerType)
          .add("id", StringType)
          .add("label", StringType)
          .add("scores", DataTypes.createArrayType(DoubleType));

  private final String folder;
  private final String sweep;
  private final String codeVersion;

  /**
   * @param folder on any Hadoop file system
   * @param sweep what identifies the sweep: the fingerprint of data and configuration
   */
  public TrialTable(String folder, String sweep, String codeVersion) {
    this.folder = folder;
    this.sweep = sweep;
    this.codeVersion = codeVersion;
  }

  /** Path of the table of trials. */
  public String trialsPath() {
    return folder + "/trials";
  }

  /** Path of the table of out-of-fold scores. */
  public String outOfFoldPath() {
    return folder + "/out_of_fold";
  }

  void write(
      SparkSession spark,
      List<TrialResult> results,
      List<CachedResults> scores,
      List<String> classes) {
    append(spark.createDataFrame(trialRows(results), TRIALS).coalesce(1), trialsPath());
    String sweepId = sweep;
    List<String> labels = List.copyOf(classes);
    Dataset<Row> outOfFold =
        scores.stream()
            .map(cached -> cached.results().flatMap(result -> scoreRows(sweepId, labels, result)))
            .map(rows -> spark.createDataFrame(rows, OUT_OF_FOLD))
            .reduce(Dataset::unionAll)
            .orElseThrow();
    append(outOfFold.coalesce(spark.sparkContext().defaultParallelism()), outOfFoldPath());
  }

  private void append(Dataset<Row> rows, String path) {
    ConcurrentAppend.run(
        () ->
            rows.write()
                .format("delta")
                .mode("append")
                .option("txnAppId", "lakewright-sweep-" + sweep)
                .option("txnVersion", 1)
                .save(path));
  }

  private List<Row> trialRows(List<TrialResult> results) {
    ObjectMapper json = new ObjectMapper();
    List<Row> rows = new ArrayList<>();
    for (TrialResult result : results) {
      String parameters = write(json, result.trial().parameters());
      for (FoldOutcome fold : result.folds()) {
        rows.add(
            RowFactory.create(
                sweep,
                fold.trial(),
                fold.fold(),
                fold.succeeded() ? "complete" : "failed",
                fold.succeeded() ? null : fold.failure(),
                parameters,
                fold.metrics(),
                fold.iterations(),
                fold.seconds(),
                codeVersion));
      }
    }
    return rows;
  }

  private static String write(ObjectMapper json, Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Iterator<Row> scoreRows(
      String sweep, List<String> classes, FoldTask.Result result) {
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
                scores.fold(),
                scores.ids()[i],
                classes.get(scores.labels()[i]),
                margins));
      }
    }
    return rows.iterator();
  }
}
