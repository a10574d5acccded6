package dev.lakewright.config;

import java.util.Locale;
import java.util.Optional;

/** How the job learn-stream learns from a table's commits as they come. */
public record StreamConfig(
    @Key(
            doc =
                "available_now: learn what is new, publish and end; continuous: go on waiting for"
                    + " commits",
            fallback = "available_now")
        Trigger trigger,
    @Key(
            doc = "With trigger continuous: seconds between the starts of micro-batches",
            fallback = "10",
            min = 0,
            max = 86_400)
        double seconds,
    @Key(
            doc = "With trigger continuous: end after so many minutes; 0: never",
            fallback = "0",
            min = 0)
        double minutes,
    @Key(doc = "Most files of a micro-batch", fallback = "100", min = 1) int maxFiles,
    @Key(
            doc = "About the most megabytes of files of a micro-batch; one file is taken whole",
            fallback = "64",
            min = 1)
        int maxMegabytes,
    @Key(
            doc =
                "Commits that delete or change rows: fail, or skip (also what they add); retrain"
                    + " learns without rows that are gone",
            fallback = "fail")
        OnChange onChange,
    @Key(doc = "Length of steps (alpha of FTRL-Proximal)", fallback = "0.05", min = 1e-6, max = 100)
        double rate,
    @Key(
            doc =
                "Old rows on which the squares of the champion's past gradients are estimated when a"
                    + " stream begins, so that what many rows taught moves little; 0: none",
            fallback = "10000",
            min = 0,
            max = 1_000_000)
        int remember,
    @Key(doc = "Seed of those rows", fallback = "7") long seed,
    @Key(
            doc = "What a row still counts for in fading metrics when the next one comes",
            fallback = "0.9999",
            min = 0,
            max = 1)
        double fading,
    @Key(
            doc =
                "Folder of states and checkpoints, with one folder per champion; default: streams in"
                    + " the model's folder of the registry")
        Optional<String> path,
    @Key(
            doc =
                "Delta table of the metrics of every micro-batch, tested before it is learnt;"
                    + " default: metrics in the folder of states")
        Optional<String> metrics,
    @Key(
            doc = "Publish a version after so many micro-batches; 0: when the job ends",
            fallback = "0",
            min = 0)
        int publishBatches,
    @Key(
            doc =
                "Alias that a published version gets; never model.alias, which is for versions that"
                    + " passed gates",
            fallback = "stream",
            pattern = "(?!latest$|[0-9]+$)" + ModelConfig.NAME)
        String alias) {

  /** When a micro-batch begins. */
  public enum Trigger {
    AVAILABLE_NOW,
    CONTINUOUS
  }

  /** What becomes of a commit that does not only add rows. */
  public enum OnChange {
    FAIL,
    SKIP;

    /** As it is written in a configuration. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
