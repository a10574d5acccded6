package dev.lakewright.config;

import java.util.Optional;

/** Where runs are logged beside the registry. */
public record TrackingConfig(@Key(doc = "An MLflow tracking server") Mlflow mlflow) {

  /** An MLflow tracking server; jobs never fail because of it. */
  public record Mlflow(
      @Key(
              doc =
                  "Address of the server that train, tune and retrain log their runs to, such as http://mlflow:5000; default: none. A token is taken from MLFLOW_TRACKING_TOKEN",
              pattern = "https?://[^/@\\s?#]+(/[^@\\s?#]*)?")
          Optional<String> uri,
      @Key(doc = "Experiment that the runs belong to; default: model.name")
          Optional<String> experiment,
      @Key(
              doc = "Seconds that logging a run may take, all in all",
              fallback = "5",
              min = 1,
              max = 300)
          int timeout) {}
}
