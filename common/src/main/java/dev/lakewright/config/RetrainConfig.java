package dev.lakewright.config;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How the job retrain learns from new rows, and when the challenger takes over. */
public record RetrainConfig(
    @Key(
            doc =
                "Seconds between the starts of rounds of one process that keeps Spark; 0: one round, and"
                    + " the process ends",
            fallback = "0",
            min = 0,
            max = 86_400)
        double every,
    @Key(
            doc =
                "full: train on all rows, setting out from the champion's weights; incremental: go on"
                    + " learning from the new rows; auto: incremental until full_share, full_days or"
                    + " full_drop asks for full, or where the champion cannot go on from new rows"
                    + " alone: its sampling makes or removes rows, it is an ensemble, or new classes"
                    + " need calibration or thresholds. Where rows were deleted or corrected it is"
                    + " full in any mode, from zero, so that nothing of them stays",
            fallback = "auto")
        Mode mode,
    @Key(
            doc = "With mode full: sweep anew as tune says, not the champion's parameters alone",
            fallback = "false")
        boolean sweep,
    @Key(
            doc =
                "With mode incremental: ftrl (FTRL-Proximal, a step size per weight) or averaged_sgd"
                    + " (the mean of all steps)",
            fallback = "ftrl")
        Method method,
    @Key(doc = "With mode incremental: length of steps", fallback = "0.05", min = 1e-6, max = 100)
        double rate,
    @Key(
            doc = "With mode incremental: how often new rows are gone through",
            fallback = "1",
            min = 1,
            max = 100)
        int passes,
    @Key(
            doc =
                "With mode incremental: old rows learnt from again for each new one, against"
                    + " forgetting",
            fallback = "1",
            min = 0,
            max = 100)
        double replay,
    @Key(doc = "Seed of the old rows that are drawn", fallback = "7") long seed,
    @Key(
            doc =
                "With mode auto: full once so many rows were added since the last full training, as a"
                    + " share of its rows",
            fallback = "0.1",
            min = 0)
        double fullShare,
    @Key(
            doc = "With mode auto: full once the last full training is so many days old; 0: never",
            fallback = "0",
            min = 0)
        double fullDays,
    @Key(
            doc =
                "With mode auto: full where the champion's main metric is so much worse on held-out new"
                    + " rows (at least 100) than it was on its test rows",
            fallback = "0.05",
            min = 0,
            max = 1)
        double fullDrop,
    @Key(doc = "What a challenger must reach") GateConfig gate,
    @Key(
            doc =
                "Which challengers get the alias shadow: never; rejected: those that a gate rejected;"
                    + " every: all, and none takes over until models promote says so",
            fallback = "never")
        Shadow shadow,
    @Key(
            doc =
                "Delta table with the columns of data.table on which both are compared besides the"
                    + " held-out rows")
        Optional<String> golden,
    @Key(
            doc =
                "Name to SQL condition on the columns of data.table: held-out rows that are compared"
                    + " by themselves")
        Map<String, String> slices,
    @Key(
            doc = "Most held-out rows that both are compared on; beyond, a sample by stable hash",
            fallback = "50000",
            min = 100)
        int maxRows) {

  /** What of this decides a challenger: neither how often it is asked for, nor who runs beside. */
  public RetrainConfig learning() {
    return new RetrainConfig(
        0,
        mode,
        sweep,
        method,
        rate,
        passes,
        replay,
        seed,
        fullShare,
        fullDays,
        fullDrop,
        gate,
        Shadow.NEVER,
        golden,
        slices,
        maxRows);
  }

  /** What is trained on. */
  public enum Mode {
    FULL,
    INCREMENTAL,
    AUTO;

    /** As it is written in a configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Which challengers run beside the champion. */
  public enum Shadow {
    NEVER,
    REJECTED,
    EVERY
  }

  /** How new rows are learnt from. */
  public enum Method {
    FTRL,
    AVERAGED_SGD;

    /** As it is written in a configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
