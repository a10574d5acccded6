package dev.lakewright.ml;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.evaluation.Evaluator;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;

/**
 * Cross-validates an estimator over a grid of params, as Spark's {@code CrossValidator} does and on
 * the same folds, but shares what can be shared: stages of a {@code Pipeline} before the last are
 * fitted once per fold and setting, their output is cached, and where the last stage is a {@link
 * LogisticClassifier} all models of a fold are trained together. Any other estimator works as well,
 * with {@code parallelism} models at a time.
 *
 * <p>A model that cannot be trained gets the metric NaN and does not end the search, unless none
 * can.
 */
public final class FusedCrossValidator extends Estimator<FusedCrossValidatorModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final IntParam numFolds;
  private final LongParam seed;
  private final Param<String> foldCol;
  private final IntParam parallelism;
  private final BooleanParam collectSubModels;
  private Estimator<?> estimator;
  private ParamMap[] estimatorParamMaps = {new ParamMap()};
  private Evaluator evaluator;

  public FusedCrossValidator() {
    this(Identifiable.randomUID("lakewright_cv"));
  }

  public FusedCrossValidator(String uid) {
    this.uid = uid;
    this.numFolds =
        new IntParam(this, "numFolds", "number of folds (>= 2)", ParamValidators.gtEq(2));
    this.seed = new LongParam(this, "seed", "of the random folds");
    this.foldCol =
        new Param<>(this, "foldCol", "column of fold numbers, 0 to numFolds - 1; empty: random");
    this.parallelism =
        new IntParam(
            this,
            "parallelism",
            "models at a time, where not fused (>= 1)",
            ParamValidators.gtEq(1));
    this.collectSubModels =
        new BooleanParam(this, "collectSubModels", "whether to keep the models of all folds");
    setDefault(numFolds, 3);
    // that of Spark's class, for the same folds without a word
    setDefault(seed, (long) CrossValidator.class.getName().hashCode());
    setDefault(foldCol, "");
    setDefault(parallelism, 1);
    setDefault(collectSubModels, false);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Number of folds. */
  public IntParam numFolds() {
    return numFolds;
  }

  /** Of the random folds. */
  public LongParam seed() {
    return seed;
  }

  /** Column of fold numbers; empty: folds are random. */
  public Param<String> foldCol() {
    return foldCol;
  }

  /** Models at a time, where they are not trained together. */
  public IntParam parallelism() {
    return parallelism;
  }

  /** Whether the models of all folds are kept. */
  public BooleanParam collectSubModels() {
    return collectSubModels;
  }

  public int getNumFolds() {
    return (Integer) getOrDefault(numFolds);
  }

  public long getSeed() {
    return (Long) getOrDefault(seed);
  }

  public String getFoldCol() {
    return getOrDefault(foldCol);
  }

  public int getParallelism() {
    return (Integer) getOrDefault(parallelism);
  }

  public boolean getCollectSubModels() {
    return (Boolean) getOrDefault(collectSubModels);
  }

  public Estimator<?> getEstimator() {
    return estimator;
  }

  public ParamMap[] getEstimatorParamMaps() {
    return estimatorParamMaps.clone();
  }

  public Evaluator getEvaluator() {
    return evaluator;
  }

  public FusedCrossValidator setNumFolds(int value) {
    set(numFolds, value);
    return this;
  }

  public FusedCrossValidator setSeed(long value) {
    set(seed, value);
    return this;
  }

  public FusedCrossValidator setFoldCol(String value) {
    set(foldCol, value);
    return this;
  }

  public FusedCrossValidator setParallelism(int value) {
    set(parallelism, value);
    return this;
  }

  public FusedCrossValidator setCollectSubModels(boolean value) {
    set(collectSubModels, value);
    return this;
  }

  public FusedCrossValidator setEstimator(Estimator<?> value) {
    this.estimator = value;
    return this;
  }

  public FusedCrossValidator setEstimatorParamMaps(ParamMap[] value) {
    this.estimatorParamMaps = value.clone();
    return this;
  }

  public FusedCrossValidator setEvaluator(Evaluator value) {
    this.evaluator = value;
    return this;
  }

  @Override
  public FusedCrossValidatorModel fit(Dataset<?> dataset) {
    requireComplete();
    transformSchema(dataset.schema());
    double[][] metrics = new double[estimatorParamMaps.length][getNumFolds()];
    Model<?>[][] subModels = new Model<?>[getNumFolds()][];
    SharedStages stages = SharedStages.of(estimator);
    RuntimeException failure = null;
    List<Fold> folds = Fold.of(dataset, getNumFolds(), getFoldCol(), getSeed());
    for (int fold = 0; fold < folds.size(); fold++) {
      FoldRun run =
          new FoldRun(stages, evaluator, getParallelism(), getCollectSubModels())
              .over(folds.get(fold), estimatorParamMaps);
      double[] reached = run.metrics();
      for (int i = 0; i < metrics.length; i++) {
        metrics[i][fold] = reached[i];
      }
      subModels[fold] = run.models();
      failure = run.failure() == null ? failure : run.failure();
    }
    double[] averages = new double[metrics.length];
    double[] deviations = new double[metrics.length];
    for (int i = 0; i < metrics.length; i++) {
      averages[i] = Arrays.stream(metrics[i]).average().orElse(Double.NaN);
      deviations[i] = deviation(metrics[i], averages[i]);
    }
    ParamMap best = estimatorParamMaps[best(averages, failure)];
    FusedCrossValidatorModel model =
        new FusedCrossValidatorModel(
            uid,
            estimator.fit(dataset, best),
            averages,
            deviations,
            getCollectSubModels() ? subModels : null);
    return model.setParent(this);
  }

  private void requireComplete() {
    if (estimator == null || evaluator == null || estimatorParamMaps.length == 0) {
      throw new IllegalArgumentException(
          "%s is not set; set it before fit"
              .formatted(
                  estimator == null
                      ? "estimator"
                      : evaluator == null ? "evaluator" : "estimatorParamMaps"));
    }
  }

  private int best(double[] averages, RuntimeException failure) {
    int best = -1;
    for (int i = 0; i < averages.length; i++) {
      double lead =
          best < 0 ? 1 : (averages[i] - averages[best]) * (evaluator.isLargerBetter() ? 1 : -1);
      if (!Double.isNaN(averages[i]) && lead > 0) {
        best = i;
      }
    }
    if (best < 0) {
      throw failure != null
          ? failure
          : new IllegalStateException("the metric is NaN for every param map: check the evaluator");
    }
    return best;
  }

  /** Of the population: over the folds that there are. */
  private static double deviation(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    if (!getFoldCol().isEmpty() && !schema.getFieldIndex(getFoldCol()).isDefined()) {
      throw new IllegalArgumentException(
          "foldCol: there is no column %s; the columns are %s"
              .formatted(getFoldCol(), String.join(", ", schema.fieldNames())));
    }
    StructType result = schema;
    for (ParamMap map : estimatorParamMaps) {
      result = estimator.copy(map).transformSchema(schema);
    }
    return result;
  }

  @Override
  public FusedCrossValidator copy(ParamMap extra) {
    FusedCrossValidator copy = copyValues(new FusedCrossValidator(uid), extra);
    copy.estimator = estimator == null ? null : estimator.copy(extra);
    copy.evaluator = evaluator == null ? null : evaluator.copy(extra);
    copy.estimatorParamMaps = estimatorParamMaps.clone();
    return copy;
  }

  @Override
  public MLWriter write() {
    requireComplete();
    MLWriter settings = DefaultParamsWritable.super.write();
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        JsonNode grid = ParamGrid.toJson(estimatorParamMaps, estimator, evaluator);
        Stages.save(settings.session(sparkSession()), path);
        Stages.save(sparkSession(), estimator, path + "/estimator");
        Stages.save(sparkSession(), evaluator, path + "/evaluator");
        Stages.write(sparkSession(), grid, path + "/estimatorParamMaps");
      }
    };
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<FusedCrossValidator> read() {
    MLReader<FusedCrossValidator> settings =
        new DefaultParamsReadable<FusedCrossValidator>() {}.read();
    return new MLReader<>() {
      @Override
      public FusedCrossValidator load(String path) {
        FusedCrossValidator validator = settings.load(path);
        validator.estimator = Stages.load(sparkSession(), path + "/estimator", Estimator.class);
        validator.evaluator = Stages.load(sparkSession(), path + "/evaluator", Evaluator.class);
        validator.estimatorParamMaps =
            ParamGrid.fromJson(
                Stages.read(sparkSession(), path + "/estimatorParamMaps"),
                validator.estimator,
                validator.evaluator);
        return validator;
      }
    };
  }

  /** Reads an estimator from a folder. */
  public static FusedCrossValidator load(String path) {
    return read().load(path);
  }
}
