package dev.lakewright.ml;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.List;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Matrix;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** A trained {@link LogisticClassifier}: adds margins, probabilities and predicted labels. */
public final class LogisticClassifierModel extends Model<LogisticClassifierModel>
    implements LogisticSettings, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;
  private static final StructType STATE =
      new StructType()
          .add("numClasses", DataTypes.IntegerType)
          .add("coefficientMatrix", SQLDataTypes.MatrixType())
          .add("interceptVector", SQLDataTypes.VectorType())
          .add("objectiveHistory", DataTypes.createArrayType(DataTypes.DoubleType));

  private final String uid;
  private final LogisticParams params;
  private int numClasses;
  private DenseMatrix coefficients;
  private Vector intercepts;
  private double[] objectiveHistory = new double[0];

  /** For reading: the state follows. */
  public LogisticClassifierModel(String uid) {
    this.uid = uid;
    this.params = new LogisticParams(this);
  }

  LogisticClassifierModel(
      String uid,
      int numClasses,
      DenseMatrix coefficients,
      Vector intercepts,
      double[] objectiveHistory) {
    this(uid);
    this.numClasses = numClasses;
    this.coefficients = coefficients;
    this.intercepts = intercepts;
    this.objectiveHistory = objectiveHistory;
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public LogisticParams logistic() {
    return params;
  }

  /** Number of classes. */
  public int numClasses() {
    return numClasses;
  }

  /** Number of features. */
  public int numFeatures() {
    return coefficients.numCols();
  }

  /** {@code outputs × features}: one output in the binomial family, else one per class. */
  public Matrix coefficientMatrix() {
    return coefficients;
  }

  /** One per output. */
  public Vector interceptVector() {
    return intercepts;
  }

  /**
   * The coefficients of the binomial family.
   *
   * @throws IllegalStateException in the multinomial family
   */
  public Vector coefficients() {
    requireBinomial("coefficients", "coefficientMatrix");
    return Vectors.dense(coefficients.values());
  }

  /**
   * The intercept of the binomial family.
   *
   * @throws IllegalStateException in the multinomial family
   */
  public double intercept() {
    requireBinomial("intercept", "interceptVector");
    return intercepts.apply(0);
  }

  private void requireBinomial(String asked, String instead) {
    if (coefficients.numRows() != 1) {
      throw new IllegalStateException(
          "a multinomial model has no single %s; use %s".formatted(asked, instead));
    }
  }

  /** Objective (mean loss and penalty) after each iteration, the first before any. */
  public double[] objectiveHistory() {
    return objectiveHistory.clone();
  }

  public LogisticClassifierModel setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  public LogisticClassifierModel setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  public LogisticClassifierModel setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  public LogisticClassifierModel setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return this;
  }

  public LogisticClassifierModel setThreshold(double value) {
    clear(thresholds());
    set(threshold(), value);
    return this;
  }

  public LogisticClassifierModel setThresholds(double[] value) {
    clear(threshold());
    set(thresholds(), value);
    return this;
  }

  /** Margins, one per class. */
  public Vector predictRaw(Vector features) {
    return scores().margins(features);
  }

  /** Probabilities, one per class. */
  public Vector predictProbability(Vector features) {
    LogisticScores scores = scores();
    return scores.probabilities(scores.margins(features));
  }

  /** The label. */
  public double predict(Vector features) {
    return scores().label(predictProbability(features));
  }

  private LogisticScores scores() {
    return new LogisticScores(coefficients, intercepts, thresholdsInUse());
  }

  private double[] thresholdsInUse() {
    double[] perClass;
    if (isSet(thresholds())) {
      perClass = getThresholds();
    } else {
      perClass =
          numClasses == 2 && getThreshold() != 0.5
              ? new double[] {1 - getThreshold(), getThreshold()}
              : new double[0];
    }
    if (perClass.length != 0 && perClass.length != numClasses) {
      throw new IllegalArgumentException(
          "thresholds has %d values for %d classes; give one per class"
              .formatted(perClass.length, numClasses));
    }
    return perClass;
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    LogisticScores scores = scores();
    Dataset<Row> scored = dataset.toDF();
    Column margins = vector(scores::margins).apply(col(getFeaturesCol()));
    if (!getRawPredictionCol().isEmpty()) {
      scored = scored.withColumn(getRawPredictionCol(), margins);
      margins = col(getRawPredictionCol());
    }
    Column probabilities = vector(scores::probabilities).apply(margins);
    if (!getProbabilityCol().isEmpty()) {
      scored = scored.withColumn(getProbabilityCol(), probabilities);
      probabilities = col(getProbabilityCol());
    }
    return getPredictionCol().isEmpty()
        ? scored
        : scored.withColumn(
            getPredictionCol(),
            udf((UDF1<Vector, Double>) scores::label, DataTypes.DoubleType).apply(probabilities));
  }

  private static UserDefinedFunction vector(UDF1<Vector, Vector> function) {
    return udf(function, SQLDataTypes.VectorType());
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return LogisticColumns.added(this, schema);
  }

  @Override
  public LogisticClassifierModel copy(ParamMap extra) {
    LogisticClassifierModel copy =
        new LogisticClassifierModel(uid, numClasses, coefficients, intercepts, objectiveHistory);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public String toString() {
    return "LogisticClassifierModel: uid=%s, numClasses=%d, numFeatures=%d"
        .formatted(uid, numClasses, numFeatures());
  }

  @Override
  public MLWriter write() {
    MLWriter settings = DefaultParamsWritable.super.write();
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        Stages.save(settings.session(sparkSession()), path);
        Row state = RowFactory.create(numClasses, coefficients, intercepts, objectiveHistory);
        sparkSession()
            .createDataFrame(List.of(state), STATE)
            .coalesce(1)
            .write()
            .parquet(path + "/data");
      }
    };
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<LogisticClassifierModel> read() {
    MLReader<LogisticClassifierModel> settings =
        new DefaultParamsReadable<LogisticClassifierModel>() {}.read();
    return new MLReader<>() {
      @Override
      public LogisticClassifierModel load(String path) {
        LogisticClassifierModel model = settings.load(path);
        Row state = sparkSession().read().parquet(path + "/data").first();
        model.numClasses = state.getInt(0);
        model.coefficients = ((Matrix) state.get(1)).toDense();
        model.intercepts = (Vector) state.get(2);
        model.objectiveHistory =
            state.<Double>getList(3).stream().mapToDouble(Double::doubleValue).toArray();
        return model;
      }
    };
  }

  /** Reads a model from a folder. */
  public static LogisticClassifierModel load(String path) {
    return read().load(path);
  }

  static String randomUid() {
    return Identifiable.randomUID("lakewright_logistic");
  }
}
