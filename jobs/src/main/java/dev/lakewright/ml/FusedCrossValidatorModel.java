package dev.lakewright.ml;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReadable;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;

/** What cross-validation chose, trained on all rows, with the metrics of all param maps. */
public final class FusedCrossValidatorModel extends Model<FusedCrossValidatorModel>
    implements DefaultParamsWritable {

  private static final long serialVersionUID = 1L;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String uid;
  private Model<?> bestModel;
  private double[] avgMetrics = new double[0];
  private double[] stdMetrics = new double[0];
  private Model<?>[][] subModels;

  /** For reading: the state follows. */
  public FusedCrossValidatorModel(String uid) {
    this.uid = uid;
  }

  FusedCrossValidatorModel(
      String uid,
      Model<?> bestModel,
      double[] avgMetrics,
      double[] stdMetrics,
      Model<?>[][] subModels) {
    this(uid);
    this.bestModel = bestModel;
    this.avgMetrics = avgMetrics;
    this.stdMetrics = stdMetrics;
    this.subModels = subModels;
  }

  @Override
  public String uid() {
    return uid;
  }

  /** Trained on all rows with the best param map. */
  public Model<?> bestModel() {
    return bestModel;
  }

  /** Mean of the metric over the folds, one per param map. */
  public double[] avgMetrics() {
    return avgMetrics.clone();
  }

  /** Standard deviation of the metric over the folds (population), one per param map. */
  public double[] stdMetrics() {
    return stdMetrics.clone();
  }

  /** Whether the models of the folds were kept. */
  public boolean hasSubModels() {
    return subModels != null;
  }

  /**
   * Models by fold, then by param map; null where one failed.
   *
   * @throws IllegalStateException when they were not kept
   */
  public Model<?>[][] subModels() {
    if (subModels == null) {
      throw new IllegalStateException(
          "the models of the folds were not kept; call setCollectSubModels(true) before fit");
    }
    return subModels.clone();
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    return bestModel.transform(dataset);
  }

  @Override
  public StructType transformSchema(StructType schema) {
    return bestModel.transformSchema(schema);
  }

  @Override
  public FusedCrossValidatorModel copy(ParamMap extra) {
    FusedCrossValidatorModel copy =
        new FusedCrossValidatorModel(
            uid, (Model<?>) bestModel.copy(extra), avgMetrics, stdMetrics, subModels);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    MLWriter settings = DefaultParamsWritable.super.write();
    return new MLWriter() {
      @Override
      public void saveImpl(String path) {
        Stages.save(settings.session(sparkSession()), path);
        Stages.save(sparkSession(), bestModel, path + "/bestModel");
        Stages.write(sparkSession(), state(), path + "/metrics");
        for (int fold = 0; subModels != null && fold < subModels.length; fold++) {
          for (int i = 0; i < subModels[fold].length; i++) {
            if (subModels[fold][i] != null) {
              Stages.save(sparkSession(), subModels[fold][i], subModel(path, fold, i));
            }
          }
        }
      }
    };
  }

  private static String subModel(String path, int fold, int place) {
    return "%s/subModels/fold%d/%d".formatted(path, fold, place);
  }

  /** Metrics as text: JSON has no NaN. Which sub-models there are, by fold. */
  private ObjectNode state() {
    ObjectNode state = JSON.createObjectNode();
    for (double metric : avgMetrics) {
      state.withArray("avgMetrics").add(Double.toString(metric));
    }
    for (double metric : stdMetrics) {
      state.withArray("stdMetrics").add(Double.toString(metric));
    }
    for (int fold = 0; subModels != null && fold < subModels.length; fold++) {
      var kept = state.withArray("subModels").addArray();
      for (Model<?> model : subModels[fold]) {
        kept.add(model != null);
      }
    }
    return state;
  }

  /** Reads what {@link #write} wrote. */
  public static MLReader<FusedCrossValidatorModel> read() {
    MLReader<FusedCrossValidatorModel> settings =
        new DefaultParamsReadable<FusedCrossValidatorModel>() {}.read();
    return new MLReader<>() {
      @Override
      public FusedCrossValidatorModel load(String path) {
        FusedCrossValidatorModel model = settings.load(path);
        JsonNode state = Stages.read(sparkSession(), path + "/metrics");
        model.bestModel = Stages.load(sparkSession(), path + "/bestModel", Model.class);
        model.avgMetrics = numbers(state.path("avgMetrics"));
        model.stdMetrics = numbers(state.path("stdMetrics"));
        if (state.has("subModels")) {
          JsonNode folds = state.path("subModels");
          model.subModels = new Model<?>[folds.size()][];
          for (int fold = 0; fold < folds.size(); fold++) {
            model.subModels[fold] = new Model<?>[folds.path(fold).size()];
            for (int i = 0; i < folds.path(fold).size(); i++) {
              if (folds.path(fold).path(i).asBoolean()) {
                model.subModels[fold][i] =
                    Stages.load(sparkSession(), subModel(path, fold, i), Model.class);
              }
            }
          }
        }
        return model;
      }
    };
  }

  private static double[] numbers(JsonNode texts) {
    double[] numbers = new double[texts.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(texts.path(i).asText());
    }
    return numbers;
  }

  /** Reads a model from a folder. */
  public static FusedCrossValidatorModel load(String path) {
    return read().load(path);
  }
}
