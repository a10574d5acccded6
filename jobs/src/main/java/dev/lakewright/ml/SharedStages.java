package dev.lakewright.ml;

import java.util.Arrays;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.param.ParamPair;
import org.apache.spark.sql.Dataset;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An estimator in two: stages whose fit does not depend on the learner's params, and the learner.
 */
@SuppressWarnings("ArrayRecordComponent") // as Pipeline.getStages gives them
record SharedStages(PipelineStage[] before, Estimator<?> learner, boolean pipeline) {

  /** A pipeline that ends with an estimator is parted before it; anything else is all learner. */
  static SharedStages of(Estimator<?> estimator) {
    if (estimator instanceof Pipeline whole) {
      PipelineStage[] stages = whole.getStages();
      if (stages.length > 0 && stages[stages.length - 1] instanceof Estimator<?> last) {
        return new SharedStages(Arrays.copyOf(stages, stages.length - 1), last, true);
      }
    }
    return new SharedStages(new PipelineStage[0], estimator, false);
  }

  /** The part of a param map that says how the stages before the learner are fitted. */
  ParamMap mapBefore(ParamMap map) {
    ParamMap before = new ParamMap();
    for (ParamPair<?> pair : CollectionConverters.asJava(map.toSeq())) {
      if (!pair.param().parent().equals(learner.uid())) {
        put(before, pair);
      }
    }
    return before;
  }

  private static <T> void put(ParamMap map, ParamPair<T> pair) {
    map.put(pair.param(), pair.value());
  }

  /** Fits the stages before the learner. */
  PipelineModel fitBefore(Dataset<?> training, ParamMap map) {
    return new Pipeline().setStages(before).fit(training, map);
  }

  /** The fitted stages and the learner's model as one, as the estimator would have made it. */
  Model<?> whole(PipelineModel fitted, Model<?> model, Dataset<?> anyRows) {
    if (!pipeline) {
      return model;
    }
    PipelineStage[] stages =
        Arrays.copyOf(fitted.stages(), fitted.stages().length + 1, PipelineStage[].class);
    stages[stages.length - 1] = model;
    // a pipeline of transformers only has nothing to fit
    return new Pipeline().setStages(stages).fit(anyRows);
  }
}
