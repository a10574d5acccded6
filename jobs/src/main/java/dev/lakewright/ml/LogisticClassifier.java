package dev.lakewright.ml;

import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.linalg.DenseMatrix;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Logistic regression, binomial and multinomial, with elastic net: the objective of Spark's {@code
 * LogisticRegression}, minimized by this project's solver. Models for several param maps ({@link
 * #fit(Dataset, ParamMap[])}, or {@link FusedCrossValidator}) are trained together over one copy of
 * the rows, without a cluster job per iteration where the rows fit a task.
 *
 * <p>{@code maxIter} counts passes over the rows, of which a Newton step takes several.
 */
public final class LogisticClassifier extends Estimator<LogisticClassifierModel>
    implements LogisticSettings, DefaultParamsWritable {

  private static final long serialVersionUID = 1L;

  private final String uid;
  private final LogisticParams params;

  public LogisticClassifier() {
    this(LogisticClassifierModel.randomUid());
  }

  public LogisticClassifier(String uid) {
    this.uid = uid;
    this.params = new LogisticParams(this);
  }

  @Override
  public String uid() {
    return uid;
  }

  @Override
  public LogisticParams logistic() {
    return params;
  }

  public LogisticClassifier setFeaturesCol(String value) {
    set(featuresCol(), value);
    return this;
  }

  public LogisticClassifier setLabelCol(String value) {
    set(labelCol(), value);
    return this;
  }

  public LogisticClassifier setPredictionCol(String value) {
    set(predictionCol(), value);
    return this;
  }

  public LogisticClassifier setProbabilityCol(String value) {
    set(probabilityCol(), value);
    return this;
  }

  public LogisticClassifier setRawPredictionCol(String value) {
    set(rawPredictionCol(), value);
    return this;
  }

  public LogisticClassifier setWeightCol(String value) {
    set(weightCol(), value);
    return this;
  }

  public LogisticClassifier setRegParam(double value) {
    set(regParam(), value);
    return this;
  }

  public LogisticClassifier setElasticNetParam(double value) {
    set(elasticNetParam(), value);
    return this;
  }

  public LogisticClassifier setMaxIter(int value) {
    set(maxIter(), value);
    return this;
  }

  public LogisticClassifier setTol(double value) {
    set(tol(), value);
    return this;
  }

  public LogisticClassifier setFitIntercept(boolean value) {
    set(fitIntercept(), value);
    return this;
  }

  public LogisticClassifier setStandardization(boolean value) {
    set(standardization(), value);
    return this;
  }

  public LogisticClassifier setFamily(String value) {
    set(family(), value);
    return this;
  }

  public LogisticClassifier setThreshold(double value) {
    clear(thresholds());
    set(threshold(), value);
    return this;
  }

  public LogisticClassifier setThresholds(double[] value) {
    clear(threshold());
    set(thresholds(), value);
    return this;
  }

  @Override
  public LogisticClassifierModel fit(Dataset<?> dataset) {
    return fitTogether(dataset, List.of(this)).get(0);
  }

  /** Trains a model for each param map, all over the same pass. */
  @Override
  public Seq<LogisticClassifierModel> fit(Dataset<?> dataset, Seq<ParamMap> paramMaps) {
    List<LogisticClassifier> settings = new ArrayList<>();
    CollectionConverters.asJava(paramMaps).forEach(map -> settings.add(copy(map)));
    return CollectionConverters.asScala(fitTogether(dataset, settings)).toSeq();
  }

  /** Trains a model for each param map, all over the same pass. */
  public List<LogisticClassifierModel> fit(Dataset<?> dataset, ParamMap[] paramMaps) {
    return fitTogether(dataset, Arrays.stream(paramMaps).map(this::copy).toList());
  }

  private static List<LogisticClassifierModel> fitTogether(
      Dataset<?> dataset, List<LogisticClassifier> settings) {
    Map<TrainingRows.Reading, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < settings.size(); i++) {
      LogisticColumns.requireTraining(settings.get(i), dataset.schema());
      groups
          .computeIfAbsent(TrainingRows.Reading.of(settings.get(i)), key -> new ArrayList<>())
          .add(i);
    }
    List<LogisticClassifierModel> models =
        new ArrayList<>(Collections.nCopies(settings.size(), null));
    groups.forEach(
        (reading, members) -> {
          try (TrainingRows rows = TrainingRows.read(dataset, reading)) {
            List<LogisticClassifier> group = members.stream().map(settings::get).toList();
            List<LogisticClassifierModel> trained = train(rows, group);
            for (int i = 0; i < trained.size(); i++) {
              models.set(members.get(i), trained.get(i));
            }
          }
        });
    return models;
  }

  private static List<LogisticClassifierModel> train(
      TrainingRows rows, List<LogisticClassifier> group) {
    List<LinearProblem> problems = new ArrayList<>();
    for (LogisticClassifier settings : group) {
      problems.add(settings.problem(rows.classes()));
    }
    List<LogisticClassifierModel> models = new ArrayList<>();
    if (rows.oneLabelOnly() && group.get(0).getFitIntercept()) {
      group.forEach(settings -> models.add(settings.certain(rows)));
      return models;
    }
    List<LinearSolution> solutions = rows.solve(problems);
    for (int i = 0; i < solutions.size(); i++) {
      models.add(group.get(i).model(rows, solutions.get(i)));
    }
    return models;
  }

  private boolean binomial(int classes) {
    if (getFamily().equals("binomial") && classes > 2) {
      throw new IllegalArgumentException(
          "family is binomial, but the labels have %d classes; set family to multinomial or auto"
              .formatted(classes));
    }
    return classes == 2 && !getFamily().equals("multinomial");
  }

  /**
   * With two classes one vector of weights is trained. In the multinomial family it is the
   * difference of two, whose squares are least where each has half of it: that halves the L2
   * penalty and leaves L1 as it is.
   */
  private LinearProblem problem(int classes) {
    boolean halved = !binomial(classes) && classes == 2;
    double share = halved ? 0.5 : 1;
    double[] ones = new double[classes];
    Arrays.fill(ones, 1);
    return LinearProblem.logistic(
        share * getRegParam() * (1 - getElasticNetParam()),
        getRegParam() * getElasticNetParam(),
        getFitIntercept(),
        Math.max(1, getMaxIter()),
        getTol(),
        ones);
  }

  private LogisticClassifierModel model(TrainingRows rows, LinearSolution solution) {
    int outputs = rows.classes() == 2 ? 1 : rows.classes();
    double[] coefficients = new double[solution.weights().length];
    double[] intercepts = solution.intercepts().clone();
    for (int i = 0; i < coefficients.length; i++) {
      coefficients[i] = solution.weights()[i];
    }
    rows.scaling().toOriginalUnits(coefficients, intercepts);
    if (outputs == 1 && !binomial(rows.classes())) {
      coefficients = inTwo(coefficients);
      intercepts = inTwo(intercepts);
      outputs = 2;
    }
    if (outputs > 1 && getFitIntercept()) {
      center(intercepts);
    }
    if (outputs > 1 && getRegParam() == 0) {
      centerPerFeature(coefficients, outputs);
    }
    return model(rows, outputs, coefficients, intercepts, solution.objective());
  }

  /** Where all rows have one label, that label is certain. */
  private LogisticClassifierModel certain(TrainingRows rows) {
    int outputs = binomial(rows.classes()) ? 1 : rows.classes();
    double[] intercepts = new double[outputs];
    intercepts[outputs == 1 ? 0 : rows.largestLabel()] =
        outputs == 1 && rows.largestLabel() == 0
            ? Double.NEGATIVE_INFINITY
            : Double.POSITIVE_INFINITY;
    return model(
        rows, outputs, new double[rows.features() * outputs], intercepts, new double[] {0});
  }

  private LogisticClassifierModel model(
      TrainingRows rows,
      int outputs,
      double[] coefficients,
      double[] intercepts,
      double[] objective) {
    LogisticClassifierModel model =
        new LogisticClassifierModel(
            uid,
            rows.classes(),
            new DenseMatrix(outputs, rows.features(), coefficients),
            Vectors.dense(intercepts),
            objective);
    return copyValues(model, ParamMap.empty()).setParent(this);
  }

  private static double[] inTwo(double[] differences) {
    double[] both = new double[2 * differences.length];
    for (int i = 0; i < differences.length; i++) {
      both[2 * i] = -differences[i] / 2;
      both[2 * i + 1] = differences[i] / 2;
    }
    return both;
  }

  /** Adding a number to all intercepts changes no probability: their mean is made zero. */
  private static void center(double[] values) {
    double mean = Arrays.stream(values).sum() / values.length;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
    }
  }

  private static void centerPerFeature(double[] coefficients, int outputs) {
    for (int from = 0; from < coefficients.length; from += outputs) {
      double mean = 0;
      for (int k = 0; k < outputs; k++) {
        mean += coefficients[from + k] / outputs;
      }
      for (int k = 0; k < outputs; k++) {
        coefficients[from + k] -= mean;
      }
    }
  }

  @Override
  public StructType transformSchema(StructType schema) {
    LogisticColumns.requireTraining(this, schema);
    return LogisticColumns.added(this, schema);
  }

  @Override
  public LogisticClassifier copy(ParamMap extra) {
    return copyValues(new LogisticClassifier(uid), extra);
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<LogisticClassifier> read() {
    return new DefaultParamsReadable<LogisticClassifier>() {}.read();
  }

  /** Reads an estimator from a folder. */
  public static LogisticClassifier load(String path) {
    return read().load(path);
  }
}
