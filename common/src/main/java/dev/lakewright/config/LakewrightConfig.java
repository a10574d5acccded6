package dev.lakewright.config;

import java.util.Map;

/** The whole configuration: the same sections and words for every job. */
public record LakewrightConfig(
    @Key(doc = "The labelled table, its columns and its split into training and test rows")
        DataConfig data,
    @Key(doc = "What the job ingest reads into data.table") IngestConfig ingest,
    @Key(doc = "How records become features") FeaturesConfig features,
    @Key(doc = "Class weights and resampling of training rows") SamplingConfig sampling,
    @Key(doc = "What the job resample writes") ResampleConfig resample,
    @Key(doc = "The learner and its hyperparameters") LearnerConfig learner,
    @Key(doc = "Cross-validation and the sweep over hyperparameters") TuneConfig tune,
    @Key(doc = "How scores become probabilities") CalibrationConfig calibration,
    @Key(doc = "How probabilities become a label") ThresholdsConfig thresholds,
    @Key(doc = "Which rows and how evaluation measures") EvaluationConfig evaluation,
    @Key(doc = "What the job score reads and writes") ScoreConfig score,
    @Key(doc = "The model's name and alias") ModelConfig model,
    @Key(doc = "Where models are kept") RegistryConfig registry,
    @Key(doc = "The HTML report") ReportConfig report,
    @Key(doc = "Spark and Hadoop settings, passed on as they are") Map<String, String> spark) {}
