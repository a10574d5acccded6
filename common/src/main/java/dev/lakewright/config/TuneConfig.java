package dev.lakewright.config;

import java.util.Map;
import java.util.Optional;

/** Cross-validation and the sweep over hyperparameters. */
public record TuneConfig(
    @Key(doc = "Number of folds", fallback = "3", min = 2, max = 100) int folds,
    @Key(
            doc =
                "stratified: equal class shares; random: by hash only; group: whole groups of a"
                    + " column; column: the column's values are the folds",
            fallback = "stratified")
        By by,
    @Key(doc = "The column that group or column refer to") Optional<String> column,
    @Key(
            doc = "Metric that chooses the best trial",
            fallback = "macro_f1",
            oneOf = {
              "accuracy",
              "macro_f1",
              "micro_f1",
              "weighted_f1",
              "macro_precision",
              "macro_recall",
              "balanced_accuracy",
              "mcc",
              "log_loss",
              "brier",
              "roc_auc",
              "pr_auc",
              "calibration_error"
            })
        String metric,
    @Key(doc = "grid: every combination; random: so many draws as trials says", fallback = "grid")
        Sampler sampler,
    @Key(doc = "With sampler random: number of trials", fallback = "20", min = 1, max = 100_000)
        int trials,
    @Key(doc = "Seed of folds and draws", fallback = "7") long seed,
    @Key(
            doc = "Key path of features, sampling or learner, to its candidate values",
            keysUnder = {"features", "sampling", "learner"})
        Map<String, SearchDimension> space,
    @Key(doc = "Delta folder of trials and out-of-fold scores; default: <registry>/<name>/sweeps")
        Optional<String> table) {

  /** What decides the fold of a row. */
  public enum By {
    STRATIFIED,
    RANDOM,
    GROUP,
    COLUMN
  }

  /** How points of the space are chosen. */
  public enum Sampler {
    GRID,
    RANDOM
  }

  public TuneConfig {
    if ((by == By.GROUP || by == By.COLUMN) && column.isEmpty()) {
      throw new IllegalArgumentException(
          "by: " + by.name().toLowerCase(java.util.Locale.ROOT) + " needs column to be set");
    }
  }
}
