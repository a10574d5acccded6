package dev.lakewright.ml;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamValidators;
import org.apache.spark.ml.param.Params;

/** The param objects of one instance, with their defaults. */
public final class LogisticParams implements Serializable {

  private static final long serialVersionUID = 1L;

  final Param<String> featuresCol;
  final Param<String> labelCol;
  final Param<String> predictionCol;
  final Param<String> probabilityCol;
  final Param<String> rawPredictionCol;
  final Param<String> weightCol;
  final DoubleParam regParam;
  final DoubleParam elasticNetParam;
  final IntParam maxIter;
  final DoubleParam tol;
  final BooleanParam fitIntercept;
  final BooleanParam standardization;
  final Param<String> family;
  final DoubleParam threshold;
  final DoubleArrayParam thresholds;

  LogisticParams(Params of) {
    featuresCol = new Param<>(of, "featuresCol", "features column name");
    labelCol = new Param<>(of, "labelCol", "label column name");
    predictionCol = new Param<>(of, "predictionCol", "prediction column name");
    probabilityCol = new Param<>(of, "probabilityCol", "column of probabilities, one per class");
    rawPredictionCol = new Param<>(of, "rawPredictionCol", "column of margins, one per class");
    weightCol = new Param<>(of, "weightCol", "column of row weights; not set: all weigh 1");
    regParam = new DoubleParam(of, "regParam", "penalty (>= 0)", ParamValidators.gtEq(0));
    elasticNetParam =
        new DoubleParam(
            of,
            "elasticNetParam",
            "share of the penalty that is L1",
            ParamValidators.inRange(0, 1));
    maxIter =
        new IntParam(of, "maxIter", "most passes over the rows (>= 0)", ParamValidators.gtEq(0));
    tol =
        new DoubleParam(
            of, "tol", "relative fall of the objective to stop at (>= 0)", ParamValidators.gtEq(0));
    fitIntercept = new BooleanParam(of, "fitIntercept", "whether to fit intercepts");
    standardization =
        new BooleanParam(of, "standardization", "whether features are scaled before training");
    family =
        new Param<>(
            of,
            "family",
            "auto, binomial or multinomial",
            ParamValidators.inArray(List.of("auto", "binomial", "multinomial")));
    threshold =
        new DoubleParam(
            of,
            "threshold",
            "with two classes: label 1 is predicted above it",
            ParamValidators.inRange(0, 1));
    thresholds = new DoubleArrayParam(of, "thresholds", "thresholds, one per class");
    of.setDefault(featuresCol, "features");
    of.setDefault(labelCol, "label");
    of.setDefault(predictionCol, "prediction");
    of.setDefault(probabilityCol, "probability");
    of.setDefault(rawPredictionCol, "rawPrediction");
    of.setDefault(regParam, 0.0);
    of.setDefault(elasticNetParam, 0.0);
    of.setDefault(maxIter, 100);
    of.setDefault(tol, 1e-6);
    of.setDefault(fitIntercept, true);
    of.setDefault(standardization, true);
    of.setDefault(family, "auto");
    of.setDefault(threshold, 0.5);
  }
}
