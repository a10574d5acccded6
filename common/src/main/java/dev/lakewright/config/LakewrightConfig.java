package dev.lakewright.config;

import java.util.Map;

/** The whole configuration: the same sections and words for every job. */
public record LakewrightConfig(
    @Key(doc = "The labelled table, its columns and its split into training and test rows")
        DataConfig data,
    @Key(doc = "What the job ingest reads into data.table") IngestConfig ingest,
    @Key(doc = "How records become features") FeaturesConfig features,
    @Key(doc = "What training rows count for, their resampling, and rows that are made up")
        SamplingConfig sampling,
    @Key(doc = "What the job resample writes") ResampleConfig resample,
    @Key(doc = "The learner and its hyperparameters") LearnerConfig learner,
    @Key(doc = "Ensembles of learners trained on balanced subsets") EnsembleConfig ensemble,
    @Key(doc = "Cross-validation and the sweep over hyperparameters") TuneConfig tune,
    @Key(doc = "What the job compare-imbalance compares") CompareConfig compare,
    @Key(doc = "How scores become probabilities") CalibrationConfig calibration,
    @Key(doc = "How probabilities become a label") ThresholdsConfig thresholds,
    @Key(doc = "Which rows and how evaluation measures") EvaluationConfig evaluation,
    @Key(doc = "What the job score reads and writes") ScoreConfig score,
    @Key(doc = "How the job retrain learns from new rows, and when the challenger takes over")
        RetrainConfig retrain,
    @Key(doc = "How the job learn-stream learns from a table's commits as they come")
        StreamConfig stream,
    @Key(doc = "The model's name and alias") ModelConfig model,
    @Key(doc = "Where models are kept") RegistryConfig registry,
    @Key(doc = "The HTML report") ReportConfig report,
    @Key(doc = "Where runs are logged beside the registry") TrackingConfig tracking,
    @Key(doc = "Spark and Hadoop settings, passed on as they are") Map<String, String> spark) {

  public LakewrightConfig {
    AugmentationConfig augmentation = sampling.augmentation();
    if (augmentation.usesSynonyms() && features.language() == FeaturesConfig.Language.CHINESE) {
      throw new IllegalArgumentException(
          "sampling.augmentation.synonyms and insertion know English words only, but features.language is chinese; set both to 0");
    }
    boolean recordsWithoutText =
        data.text().isEmpty() && !(data.numeric().isEmpty() && data.categorical().isEmpty());
    if (augmentation.altersTexts() && recordsWithoutText) {
      throw new IllegalArgumentException(
          "sampling.augmentation.copies alters texts, but data.text names no column; set copies: 0, or name one");
    }
  }
}
