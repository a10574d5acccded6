package dev.lakewright.ml;

import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/**
 * The params that {@link LogisticClassifier} and its model share: names, meaning and defaults are
 * those of Spark's {@code LogisticRegression}. Bounds on coefficients are not offered, nor are
 * params that would have no effect here ({@code aggregationDepth}, {@code maxBlockSizeInMB}).
 */
public interface LogisticSettings extends Params {

  /** The param objects; one set per instance. */
  LogisticParams logistic();

  /** Column of feature vectors. */
  default Param<String> featuresCol() {
    return logistic().featuresCol;
  }

  /** Column of labels: 0, 1, … classes - 1. */
  default Param<String> labelCol() {
    return logistic().labelCol;
  }

  /** Column that predicted labels go to; empty: none. */
  default Param<String> predictionCol() {
    return logistic().predictionCol;
  }

  /** Column that probabilities go to; empty: none. */
  default Param<String> probabilityCol() {
    return logistic().probabilityCol;
  }

  /** Column that margins go to; empty: none. */
  default Param<String> rawPredictionCol() {
    return logistic().rawPredictionCol;
  }

  /** Column of row weights, >= 0; not set: all rows weigh 1. */
  default Param<String> weightCol() {
    return logistic().weightCol;
  }

  /** Penalty on the mean loss. */
  default DoubleParam regParam() {
    return logistic().regParam;
  }

  /** Share of the penalty that is L1, 0 to 1. */
  default DoubleParam elasticNetParam() {
    return logistic().elasticNetParam;
  }

  /** Most passes over the rows. */
  default IntParam maxIter() {
    return logistic().maxIter;
  }

  /** Training stops when the objective is expected to fall by less than this share. */
  default DoubleParam tol() {
    return logistic().tol;
  }

  /** Whether there are intercepts, which are never penalized. */
  default BooleanParam fitIntercept() {
    return logistic().fitIntercept;
  }

  /** Whether the penalty is on coefficients of features scaled to unit standard deviation. */
  default BooleanParam standardization() {
    return logistic().standardization;
  }

  /** {@code auto}, {@code binomial} or {@code multinomial}. */
  default Param<String> family() {
    return logistic().family;
  }

  /** With two classes: label 1 is predicted above this probability. */
  default DoubleParam threshold() {
    return logistic().threshold;
  }

  /** Per class: the label of the largest probability divided by its threshold is predicted. */
  default DoubleArrayParam thresholds() {
    return logistic().thresholds;
  }

  default String getFeaturesCol() {
    return getOrDefault(featuresCol());
  }

  default String getLabelCol() {
    return getOrDefault(labelCol());
  }

  default String getPredictionCol() {
    return getOrDefault(predictionCol());
  }

  default String getProbabilityCol() {
    return getOrDefault(probabilityCol());
  }

  default String getRawPredictionCol() {
    return getOrDefault(rawPredictionCol());
  }

  /** Empty: all rows weigh 1. */
  default String getWeightCol() {
    return isDefined(weightCol()) ? getOrDefault(weightCol()) : "";
  }

  default double getRegParam() {
    return (Double) getOrDefault(regParam());
  }

  default double getElasticNetParam() {
    return (Double) getOrDefault(elasticNetParam());
  }

  default int getMaxIter() {
    return (Integer) getOrDefault(maxIter());
  }

  default double getTol() {
    return (Double) getOrDefault(tol());
  }

  default boolean getFitIntercept() {
    return (Boolean) getOrDefault(fitIntercept());
  }

  default boolean getStandardization() {
    return (Boolean) getOrDefault(standardization());
  }

  default String getFamily() {
    return getOrDefault(family());
  }

  default double getThreshold() {
    return (Double) getOrDefault(threshold());
  }

  /** One per class. */
  default double[] getThresholds() {
    return getOrDefault(thresholds());
  }
}
