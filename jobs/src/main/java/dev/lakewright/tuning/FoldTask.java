package dev.lakewright.tuning;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.linear.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassWeights;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Trains some trials on the training rows of one fold and measures them on its validation rows, in
 * the memory of one task. Values are made by the featurizer, scores by the scorer that the
 * published model will use.
 */
final class FoldTask {

  private final Featurizer featurizer;
  private final List<String> classes;
  private final int fold;
  private final RowMatrix training;
  private final ValidationRows validation;
  private final double weighingSeconds;

  /** One trial as a task sees it. */
  record Candidate(int trial, SamplingConfig sampling, LearnerConfig learner)
      implements Serializable {}

  /** What came out for one trial; scores are absent when it failed. */
  record Result(FoldOutcome outcome, List<FoldScores> scores) implements Serializable {}

  /**
   * @param blocks all rows, in the order of their numbers
   * @param featurizer learnt without this fold
   */
  FoldTask(List<FeatureBlock> blocks, Featurizer featurizer, List<String> classes, int fold) {
    long started = System.nanoTime();
    this.featurizer = featurizer;
    this.classes = classes;
    this.fold = fold;
    this.training = new RowMatrix(featurizer.size());
    this.validation = new ValidationRows(featurizer.size());
    SparseVector vector = new SparseVector();
    for (FeatureBlock block : blocks) {
      FeatureCounts counts = block.buffer();
      for (int row = 0; row < block.rows(); row++) {
        block.read(row, counts);
        featurizer.weigh(counts, vector);
        if (block.fold(row) == fold) {
          validation.add(block, row, vector);
        } else {
          training.add(vector, block.label(row), block.weight(row));
        }
      }
    }
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
      String cause = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Result(new FoldOutcome(candidate.trial(), fold, Map.of(), 0, 0, cause), List.of());
    }
  }

  private List<Result> train(List<Candidate> candidates) {
    if (training.rows() == 0 || validation.rows() == 0) {
      throw new DataException(
          "fold %d has no %s rows: rows of equal content or group stay together; set data.id, or choose another tune.by or tune.folds"
              .formatted(fold, training.rows() == 0 ? "training" : "validation"));
    }
    long started = System.nanoTime();
    List<LinearProblem> problems = candidates.stream().map(this::problem).toList();
    List<LinearSolution> solutions = LinearSolver.solve(training, classes.size(), problems);
    double seconds = weighingSeconds + (System.nanoTime() - started) / 1e9;
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < candidates.size(); i++) {
      results.add(measure(candidates.get(i), solutions.get(i), seconds / candidates.size()));
    }
    return results;
  }

  private LinearProblem problem(Candidate candidate) {
    double[] classWeights =
        ClassWeights.of(candidate.sampling(), classes, training.classCounts(classes.size()));
    return LinearProblems.of(candidate.learner(), classWeights);
  }

  private Result measure(Candidate candidate, LinearSolution solution, double seconds) {
    LinearScorer scorer =
        new LinearScorer(
            featurizer.size(), classes.size(), solution.weights(), solution.intercepts());
    FoldScores scores = validation.score(candidate.trial(), fold, scorer);
    FoldOutcome outcome =
        new FoldOutcome(
            candidate.trial(), fold, scores.metrics(classes), seconds, solution.passes(), "");
    return new Result(outcome, List.of(scores));
  }
}
