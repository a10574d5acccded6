package dev.lakewright.config;

/** Which rows are evaluated and how. */
public record EvaluationConfig(
    @Key(doc = "Model that the job evaluate measures: an alias or a version", fallback = "champion")
        String model,
    @Key(doc = "test: the held-out rows of data.split; all: every row", fallback = "test")
        Rows rows,
    @Key(
            doc = "Bootstrap draws for the intervals; 0 for none",
            fallback = "1000",
            max = 100_000,
            min = 0)
        int bootstrap,
    @Key(doc = "Confidence of the intervals", fallback = "0.95", min = 0.5, max = 0.999)
        double confidence,
    @Key(doc = "Seed of the bootstrap", fallback = "7") long seed,
    @Key(
            doc = "Most rows for curves and intervals; beyond, a sample by stable hash",
            fallback = "500000",
            min = 100)
        int maxRows,
    @Key(doc = "How many of the most wrong records to list", fallback = "20", min = 0, max = 1000)
        int worst) {

  /** Rows to evaluate on. */
  public enum Rows {
    TEST,
    ALL
  }
}
