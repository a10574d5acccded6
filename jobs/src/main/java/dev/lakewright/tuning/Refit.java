package dev.lakewright.tuning;

import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.EnsembleTraining;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.Scorer;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A trial trained on all training rows.
 *
 * @param priorShifts per class, what makes its scores those of a model that was trained on the
 *     table's class shares; zeros unless classes were weighed, resampled or adjusted
 */
@SuppressWarnings("ArrayRecordComponent")
public record Refit(Featurizer featurizer, TrainedModel model, double[] priorShifts) {

  /** What scores with it. */
  public Scorer scorer(int classes) {
    return model.scorer(featurizer.size(), classes);
  }

  /** Iterations of the minimizer. */
  public int iterations() {
    return model.iterations();
  }

  /** The objective after each iteration; empty for an ensemble, which has many. */
  public List<Double> objective() {
    return model.members().size() == 1
        ? Arrays.stream(model.members().get(0).objective()).boxed().toList()
        : List.of();
  }

  /** Why the minimizer stopped. */
  public LinearSolution.Outcome outcome() {
    return model.outcome();
  }

  /** What one task trains: a single model, or some parts of an ensemble. */
  private record Share(FoldTask.Candidate candidate, int from, int until) implements Serializable {}

  /**
   * Trains on all rows: an ensemble's parts side by side.
   *
   * @param result the trial with its folds: one that stopped early stops after as many passes
   * @param start an earlier model to set out from; not by an ensemble, nor where stopping early is
   *     what keeps weights small
   */
  static Refit run(
      JavaSparkContext spark,
      CountedSweep counted,
      List<String> classes,
      TrialResult result,
      Optional<Classifier> start) {
    Trial trial = result.trial();
    Featurizer featurizer = counted.featurizerWithout(-1);
    Broadcast<Featurizer> shared = spark.broadcast(featurizer);
    Broadcast<List<FeatureBlock>> blocks = counted.blocks();
    List<String> labels = List.copyOf(classes);
    int passes =
        trial.learner().earlyStopping() > 0 ? result.meanPasses() : trial.learner().maxIterations();
    List<Share> shares = shares(FoldTask.Candidate.of(trial), spark.defaultParallelism());
    boolean single = !trial.ensemble().present() && trial.learner().earlyStopping() == 0;
    List<LinearStart> starts =
        start
            .filter(earlier -> single)
            .flatMap(earlier -> WarmStart.of(earlier, featurizer, labels))
            .stream()
            .toList();
    Broadcast<List<LinearStart>> near = spark.broadcast(starts);
    List<TaskTraining.Trained> parts =
        spark
            .parallelize(shares, shares.size())
            .map(
                share -> train(blocks.value(), shared.value(), labels, share, passes, near.value()))
            .collect();
    shared.destroy();
    near.destroy();
    return new Refit(
        featurizer,
        TrainedModel.join(parts.stream().map(TaskTraining.Trained::model).toList()),
        parts.get(0).priorShifts());
  }

  private static List<Share> shares(FoldTask.Candidate candidate, int cores) {
    int parts = candidate.ensemble().present() ? EnsembleTraining.parts(candidate.ensemble()) : 1;
    int tasks = Math.min(parts, cores);
    List<Share> shares = new ArrayList<>();
    for (int task = 0; task < tasks; task++) {
      int from = (int) ((long) parts * task / tasks);
      shares.add(new Share(candidate, from, (int) ((long) parts * (task + 1) / tasks)));
    }
    return shares;
  }

  private static TaskTraining.Trained train(
      List<FeatureBlock> blocks,
      Featurizer featurizer,
      List<String> classes,
      Share share,
      int passes,
      List<LinearStart> start) {
    FoldRows all =
        FoldRows.weigh(blocks, featurizer, classes.size(), -1, new FoldTask.Effort(1, 1, 1, 0));
    EnsembleRows rows = new EnsembleRows(all.training(), Optional.empty(), classes.size());
    TaskTraining training =
        new TaskTraining(
            rows, all.inTable(), featurizer, classes, problem -> problem.stoppedAfter(passes));
    if (!start.isEmpty()) {
      return training.train(share.candidate(), start.get(0));
    }
    return share.candidate().ensemble().present()
        ? training.part(share.candidate(), share.from(), share.until())
        : training.train(List.of(share.candidate()), 0).get(0);
  }
}
