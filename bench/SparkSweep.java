import dev.lakewright.ml.FusedCrossValidator;
import dev.lakewright.ml.LogisticClassifier;
import java.util.Locale;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.classification.LogisticRegression;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.HashingTF;
import org.apache.spark.ml.feature.IDF;
import org.apache.spark.ml.feature.RegexTokenizer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.tuning.CrossValidatorModel;
import org.apache.spark.ml.tuning.ParamGridBuilder;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Spark's CrossValidator over hashed TF-IDF words and logistic regression ("pipeline", or "cached"
 * features), or the same program with two class names swapped for ours ("library").
 */
class SparkSweep {
  public static void main(String[] words) {
    boolean cached = words[1].equals("cached");
    SparkSession spark =
        SparkSession.builder().master("local[*]").config("spark.ui.enabled", false)
            .config("spark.sql.shuffle.partitions", 2).config("spark.log.level", "ERROR").getOrCreate();
    Dataset<Row> rows =
        spark.read().json(words[0]).selectExpr("text", "cast(label as double) label", "cast(fold as int) fold").repartition(2).cache();
    rows.count();
    RegexTokenizer tokens =
        new RegexTokenizer().setInputCol("text").setOutputCol("tokens").setGaps(false).setPattern("[\\p{L}\\p{N}]+");
    HashingTF counts = new HashingTF().setInputCol("tokens").setOutputCol("counts").setNumFeatures(1 << 16);
    IDF idf = new IDF().setInputCol("counts").setOutputCol("features");
    LogisticRegression learner = new LogisticRegression().setMaxIter(50);
    double[] values = java.util.Arrays.stream(words[2].split(",")).mapToDouble(Double::parseDouble).toArray();
    ParamMap[] grid = new ParamGridBuilder().addGrid(learner.regParam(), values).build();
    if (words[1].equals("library")) {
      LogisticClassifier ours = new LogisticClassifier().setMaxIter(50);
      FusedCrossValidator fused =
          new FusedCrossValidator()
              .setEstimator(new Pipeline().setStages(new PipelineStage[] {tokens, counts, idf, ours}))
              .setEstimatorParamMaps(new ParamGridBuilder().addGrid(ours.regParam(), values).build())
              .setNumFolds(3).setFoldCol("fold")
              .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("f1"));
      long started = System.nanoTime();
      print(fused.fit(rows).avgMetrics(), (System.nanoTime() - started) / 1e9);
      spark.stop();
      return;
    }
    CrossValidator validator =
        new CrossValidator().setEstimatorParamMaps(grid).setNumFolds(3).setFoldCol("fold").setParallelism(2)
            .setEvaluator(new MulticlassClassificationEvaluator().setMetricName("f1"));
    Dataset<Row> input = rows;
    if (cached) {
      input = new Pipeline().setStages(new PipelineStage[] {tokens, counts, idf}).fit(rows).transform(rows)
          .select("features", "label", "fold").cache();
      input.count();
      validator.setEstimator(learner);
    } else {
      validator.setEstimator(new Pipeline().setStages(new PipelineStage[] {tokens, counts, idf, learner}));
    }
    long started = System.nanoTime();
    CrossValidatorModel model = validator.fit(input);
    double seconds = (System.nanoTime() - started) / 1e9;
    print(model.avgMetrics(), seconds);
    spark.stop();
  }

  private static void print(double[] metrics, double seconds) {
    double best = java.util.Arrays.stream(metrics).max().orElseThrow();
    System.out.println(
        String.format(Locale.ROOT, "{\"seconds\": %.2f, \"best\": %.4f, \"metrics\": %s}",
            seconds, best, java.util.Arrays.toString(metrics)));
  }
}
