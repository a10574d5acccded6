package dev.lakewright.tuning;

import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A trial trained on all training rows.
 *
 * @param priorShifts per class, what makes its scores those of a model that was trained on the
 *     table's class shares; zeros unless classes were weighed, resampled or adjusted
 */
@SuppressWarnings("ArrayRecordComponent")
public record Refit(Featurizer featurizer, LinearSolution solution, double[] priorShifts) {

  /** What comes back from the task. */
  private record Trained(LinearSolution solution, double[] priorShifts) implements Serializable {}

  /**
   * Trains on all rows.
   *
   * @param result the trial with its folds: one that stopped early stops after as many passes
   */
  static Refit run(
      JavaSparkContext spark, CountedSweep counted, List<String> classes, TrialResult result) {
    Trial trial = result.trial();
    Featurizer featurizer = counted.featurizerWithout(-1);
    Broadcast<Featurizer> shared = spark.broadcast(featurizer);
    Broadcast<List<FeatureBlock>> blocks = counted.blocks();
    FoldTask.Candidate candidate =
        new FoldTask.Candidate(trial.number(), trial.sampling(), trial.learner());
    List<String> labels = List.copyOf(classes);
    int passes =
        trial.learner().earlyStopping() > 0 ? result.meanPasses() : trial.learner().maxIterations();
    Trained trained =
        spark
            .parallelize(List.of(candidate), 1)
            .map(c -> train(blocks.value(), shared.value(), labels, c, passes))
            .first();
    shared.destroy();
    return new Refit(featurizer, trained.solution(), trained.priorShifts());
  }

  private static Trained train(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      List<String> classes,
      FoldTask.Candidate candidate,
      int passes) {
    RowMatrix matrix = new RowMatrix(featurizer.size());
    SparseVector vector = new SparseVector();
    for (FeatureBlock block : blocks) {
      FeatureCounts counts = block.buffer();
      for (int row = 0; row < block.rows(); row++) {
        block.read(row, counts);
        featurizer.weigh(counts, vector);
        matrix.add(vector, block.label(row), block.weight(row));
      }
    }
    ClassTotals totals = ClassTotals.of(matrix, classes.size());
    LinearProblem problem =
        LinearProblems.of(candidate.learner(), candidate.sampling(), classes, totals)
            .stoppedAfter(passes);
    return new Trained(
        LinearSolver.solve(matrix, classes.size(), List.of(problem)).get(0),
        PriorShifts.of(candidate.learner(), candidate.sampling(), classes, totals, totals));
  }
}
