package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.errors.DataException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.model.Featurizer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;

/**
 * Trains some trials on the training rows of one fold and measures them on its validation rows, in
 * the memory of one task. Values are made by the featurizer, scores by the scorer that the
 * published model will use.
 */
final class FoldTask {

  private final Featurizer featurizer;
  private final List<String> classes;
  private final int fold;
  private final FoldRows rows;
  private final double weighingSeconds;

  private final Effort effort;

  /** One trial as a task sees it. */
  record Candidate(
      int trial, SamplingConfig sampling, LearnerConfig learner, EnsembleConfig ensemble)
      implements Serializable {

    static Candidate of(Trial trial) {
      return new Candidate(trial.number(), trial.sampling(), trial.learner(), trial.ensemble());
    }
  }

  /**
   * How much a task gives to each trial.
   *
   * @param fidelity share of the full effort, as it is recorded
   * @param rows share of the training rows, chosen by their keys: fewer rows are part of more
   * @param passes share of the learner's most passes
   * @param seconds time limit of a trial; 0: none
   */
  record Effort(double fidelity, double rows, double passes, double seconds)
      implements Serializable {

    static Effort of(TuneConfig tune, double fidelity) {
      boolean byRows = tune.fidelity() == TuneConfig.Fidelity.ROWS;
      return new Effort(
          fidelity, byRows ? fidelity : 1, byRows ? 1 : fidelity, tune.trialSeconds());
    }

    boolean trains(long key) {
      // other bits than those that order the rows and make the folds
      return rows >= 1
          || ((Long.rotateLeft(key, 32) * 0x9E3779B97F4A7C15L) >>> 11) * 0x1p-53 < rows;
    }

    /**
     * What a problem is with this effort. Penalties are on the mean loss, so that fewer rows want
     * stronger ones: as if the sum of losses were penalized, which keeps the order of trials.
     */
    LinearProblem limit(LinearProblem problem) {
      int most = passes >= 1 ? problem.maxPasses() : (int) Math.ceil(problem.maxPasses() * passes);
      return problem.penalizedBy(1 / Math.min(1, rows)).within(most);
    }
  }

  /** What came out for one trial; scores are absent when it failed. */
  record Result(FoldOutcome outcome, List<FoldScores> scores) implements Serializable {}

  /**
   * @param blocks all rows, in the order of their numbers
   * @param featurizer learnt without this fold
   */
  FoldTask(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      List<String> classes,
      int fold,
      Effort effort) {
    long started = System.nanoTime();
    this.effort = effort;
    this.featurizer = featurizer;
    this.classes = classes;
    this.fold = fold;
    this.rows = FoldRows.weigh(blocks, featurizer, classes.size(), fold, effort);
    this.weighingSeconds = (System.nanoTime() - started) / 1e9;
  }

  /**
   * Trains all candidates together; if that fails, each alone, so that one cannot sink the rest.
   */
  List<Result> run(List<Candidate> candidates) {
    try {
      return train(candidates);
    } catch (RuntimeException together) {
      List<Result> results = new ArrayList<>();
      for (Candidate candidate : candidates) {
        results.add(runAlone(candidate));
      }
      return results;
    }
  }

  private Result runAlone(Candidate candidate) {
    try {
      return train(List.of(candidate)).get(0);
    } catch (RuntimeException e) {
      return failure(candidate.trial(), fold, effort, 0, cause(e));
    }
  }

  /** What went wrong, in a line: in the words of ours where there are any, else its first cause. */
  static String cause(Throwable failure) {
    Throwable first = failure;
    while (first.getCause() != null && !(first instanceof LakewrightException)) {
      first = first.getCause();
    }
    String text = first.getMessage() == null ? first.toString() : first.getMessage();
    return text.lines().findFirst().orElse("");
  }

  private static String host() {
    return SparkEnv.get().blockManager().blockManagerId().host();
  }

  private List<Result> train(List<Candidate> candidates) {
    requireRows(fold, rows.training().rows(), rows.validation().rows());
    EnsembleRows learnt =
        new EnsembleRows(rows.training(), Optional.of(rows.validation().matrix()), classes.size());
    List<TaskTraining.Trained> trained =
        new TaskTraining(learnt, rows.inTable(), featurizer, classes, effort::limit)
            .train(candidates, effort.seconds());
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      double seconds = weighingSeconds / candidates.size() + trained.get(i).seconds();
      results.add(measure(candidates.get(i), trained.get(i), seconds));
    }
    return results;
  }

  static void requireRows(int fold, long training, long validation) {
    if (training == 0 || validation == 0) {
      throw new DataException(
          "fold %d has no %s rows: rows of equal content or group stay together, as do rows of one time; set data.id, or choose another tune.by or tune.folds"
              .formatted(fold, training == 0 ? "training" : "validation"));
    }
  }

  private Result measure(Candidate candidate, TaskTraining.Trained trained, double seconds) {
    TrainedModel model = trained.model();
    return result(
        candidate.trial(),
        fold,
        model,
        effort,
        seconds,
        () ->
            rows.validation()
                .score(candidate.trial(), fold, model.scorer(featurizer.size(), classes.size())),
        classes,
        trained.priorShifts());
  }

  /** What came out of training: a failure where there is no model to score with. */
  static Result result(
      int trial,
      int fold,
      TrainedModel model,
      Effort effort,
      double seconds,
      Supplier<FoldScores> scoring,
      List<String> classes,
      double[] priorShifts) {
    if (model.outcome() == LinearSolution.Outcome.TIME_LIMIT) {
      return failure(
          trial,
          fold,
          effort,
          seconds,
          "fold %d was not trained within tune.trial_seconds: %s; allow more, or fewer learner.max_iterations"
              .formatted(fold, effort.seconds()));
    }
    if (model.outcome() == LinearSolution.Outcome.DIVERGED) {
      return failure(
          trial,
          fold,
          effort,
          seconds,
          "the loss on fold %d is not a finite number; scale the numeric features, or leave out values that are infinite"
              .formatted(fold));
    }
    if (!model.finite()) {
      return failure(
          trial,
          fold,
          effort,
          seconds,
          "the weights diverged on fold %d; choose a stronger penalty (learner.l2)"
              .formatted(fold));
    }
    return measured(scoring.get(), effort, seconds, model.passes(), classes, priorShifts);
  }

  /**
   * What scores on a fold's rows come to.
   *
   * @param priorShifts per class, what its score lacks for probabilities under the table's shares
   */
  static Result measured(
      FoldScores scores,
      Effort effort,
      double seconds,
      int passes,
      List<String> classes,
      double[] priorShifts) {
    FoldOutcome outcome =
        new FoldOutcome(
            scores.trial(),
            scores.fold(),
            effort.fidelity(),
            scores.metrics(classes, priorShifts),
            seconds,
            passes,
            "",
            host());
    return new Result(outcome, List.of(scores));
  }

  static Result failure(int trial, int fold, Effort effort, double seconds, String cause) {
    return new Result(
        new FoldOutcome(trial, fold, effort.fidelity(), Map.of(), seconds, 0, cause, host()),
        List.of());
  }
}
