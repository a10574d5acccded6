package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.errors.ConfigException;
import java.util.Arrays;
import java.util.Map;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.classification.FMClassifier;
import org.apache.spark.ml.param.BooleanParam;
import org.apache.spark.ml.param.DoubleArrayParam;
import org.apache.spark.ml.param.DoubleParam;
import org.apache.spark.ml.param.FloatParam;
import org.apache.spark.ml.param.IntArrayParam;
import org.apache.spark.ml.param.IntParam;
import org.apache.spark.ml.param.LongParam;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.Params;

/** Makes {@code spark.ml} estimators from a class name and params written as text. */
final class SparkEstimators {

  private SparkEstimators() {}

  /**
   * An estimator with its params, seeded where it can be.
   *
   * @throws ConfigException when there is no such class or param, or a value does not suit
   */
  static Estimator<?> of(LearnerConfig learner, long seed) {
    String name = learner.estimator();
    Estimator<?> estimator = instance(learner);
    if (estimator.hasParam("seed") && !learner.params().containsKey("seed")) {
      set(estimator, "seed", seed);
    }
    for (Map.Entry<String, String> entry : learner.params().entrySet()) {
      if (!estimator.hasParam(entry.getKey())) {
        throw new ConfigException(
            "learner.params: %s has no param %s; it has %s"
                .formatted(name, entry.getKey(), names(estimator)));
      }
      set(estimator, entry.getKey(), entry.getValue());
    }
    return estimator;
  }

  /**
   * An estimator as its class makes it.
   *
   * @throws ConfigException when there is no such class
   */
  static Estimator<?> instance(LearnerConfig learner) {
    String name = learner.estimator();
    if (name.equals(LearnerConfig.NO_ESTIMATOR)) {
      throw new ConfigException(
          "learner.type: spark needs the class name of an estimator; set learner.estimator, such as org.apache.spark.ml.classification.RandomForestClassifier");
    }
    try {
      Class<?> type = Class.forName(name, false, Thread.currentThread().getContextClassLoader());
      if (!Estimator.class.isAssignableFrom(type)) {
        throw new ConfigException(
            "learner.estimator: %s is no spark.ml estimator; name a class that is one"
                .formatted(name));
      }
      return (Estimator<?>) type.getConstructor().newInstance();
    } catch (ClassNotFoundException e) {
      throw new ConfigException(
          "learner.estimator: there is no class %s on the class path; name one in full, such as org.apache.spark.ml.classification.RandomForestClassifier"
              .formatted(name));
    } catch (ReflectiveOperationException e) {
      throw new ConfigException(
          "learner.estimator: %s cannot be made without arguments: %s".formatted(name, e));
    }
  }

  /**
   * Whether an estimator looks at row weights; {@code FMClassifier} has the param, and does not.
   */
  static boolean weighsRows(Estimator<?> estimator) {
    return estimator.hasParam("weightCol") && !(estimator instanceof FMClassifier);
  }

  private static String names(Params estimator) {
    return String.join(
        ", ", Arrays.stream(estimator.params()).map(Param::name).toArray(String[]::new));
  }

  private static void set(Estimator<?> estimator, String name, Object value) {
    Param<Object> param = estimator.getParam(name);
    try {
      estimator.set(name, value instanceof String text ? read(param, text) : value);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "learner.params: %s = %s does not suit %s (%s): %s"
              .formatted(name, value, estimator.getClass().getName(), param.doc(), e.getMessage()));
    }
  }

  /** Scala's numeric params are told apart by their class. */
  private static Object read(Object param, String text) {
    if (param instanceof IntParam) {
      return Integer.valueOf(text);
    } else if (param instanceof LongParam) {
      return Long.valueOf(text);
    } else if (param instanceof DoubleParam) {
      return Double.valueOf(text);
    } else if (param instanceof FloatParam) {
      return Float.valueOf(text);
    } else if (param instanceof BooleanParam) {
      return truth(text);
    } else if (param instanceof DoubleArrayParam) {
      return Arrays.stream(text.split(","))
          .map(String::trim)
          .mapToDouble(Double::parseDouble)
          .toArray();
    } else if (param instanceof IntArrayParam) {
      return Arrays.stream(text.split(",")).map(String::trim).mapToInt(Integer::parseInt).toArray();
    }
    return text;
  }

  private static boolean truth(String text) {
    if (!text.equals("true") && !text.equals("false")) {
      throw new IllegalArgumentException("true or false is expected");
    }
    return text.equals("true");
  }
}
