package dev.lakewright.tuning;

import dev.lakewright.augmentation.MixUp;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Columns;
import dev.lakewright.sampling.OwnClassProbabilities;
import dev.lakewright.sampling.Resampler;
import dev.lakewright.sampling.Resamplers;
import dev.lakewright.sampling.Targets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a trial makes of training rows before it learns from them: they are resampled, then mixed.
 * Trials of equal treatment share the rows that come out.
 *
 * @param sampling without class weights
 * @param hardness the learner that says which rows are hard, where the method asks
 */
record RowTreatment(SamplingConfig sampling, Optional<LearnerConfig> hardness) {

  private static final int HARDNESS_FOLDS = 5;

  static RowTreatment of(FoldTask.Candidate candidate) {
    boolean asks = candidate.sampling().method() == SamplingConfig.Method.INSTANCE_HARDNESS;
    return new RowTreatment(
        candidate.sampling().unweighted(),
        asks ? Optional.of(OutOfFoldProbabilities.asked(candidate.learner())) : Optional.empty());
  }

  /**
   * Rows of usual size that a task holds beside those that there were, for each of these: what
   * resampling leaves, and both again where they are mixed. A mixture has the features of two rows.
   *
   * @param rows of the training set
   */
  static double growth(SamplingConfig sampling, ClassCounts rows) {
    double growth = Targets.growth(sampling, rows);
    if (!sampling.augmentation().mixes()) {
      return growth;
    }
    long[] left =
        Arrays.stream(Targets.after(sampling, rows)).mapToLong(count -> (long) count).toArray();
    long mixtures = MixUp.made(sampling.augmentation(), rows.names(), left);
    double mixed = Arrays.stream(left).sum() + 2.0 * mixtures;
    return growth + mixed / Arrays.stream(rows.counts()).sum();
  }

  /** Whether the rows to learn from are those that were there. */
  boolean leavesRowsAlone() {
    return sampling.method() == SamplingConfig.Method.NONE && !sampling.augmentation().mixes();
  }

  /** The rows to learn from; validation rows stay as they are. */
  EnsembleRows apply(EnsembleRows rows, Featurizer featurizer, List<String> classes) {
    EnsembleRows resampled =
        resampler(featurizer, classes).map(method -> resample(method, rows)).orElse(rows);
    RowMatrix mixed = MixUp.of(sampling.augmentation(), classes, resampled.training());
    return with(resampled, mixed);
  }

  private Optional<Resampler> resampler(Featurizer featurizer, List<String> classes) {
    OwnClassProbabilities probabilities =
        hardness
            .<OwnClassProbabilities>map(
                learner -> new OutOfFoldProbabilities(learner, HARDNESS_FOLDS))
            .orElse((training, width, seed) -> new double[training.rows()]);
    return Resamplers.of(sampling, classes, new Columns(featurizer.categories()), probabilities);
  }

  private EnsembleRows resample(Resampler method, EnsembleRows rows) {
    return with(rows, method.resample(rows.training(), sampling.seed()).rows());
  }

  private static EnsembleRows with(EnsembleRows rows, RowMatrix training) {
    return training == rows.training()
        ? rows
        : new EnsembleRows(training, rows.validation(), rows.classes());
  }
}
