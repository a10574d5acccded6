package dev.lakewright.tuning;

import dev.lakewright.linear.BatchObjective;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.Loss;
import dev.lakewright.linear.Pass;
import dev.lakewright.model.Featurizer;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.apache.spark.broadcast.Broadcast;

/**
 * The objective of models of several trainings over rows that are spread over the cluster: every
 * pass is one job for all models that are live.
 */
final class ClusterObjective implements BatchObjective {

  private final SpreadRows rows;
  private final Broadcast<Map<Integer, Featurizer>> featurizers;
  private final Map<LinearProblem, SpreadTraining> trainings;
  private final FoldTask.Effort effort;
  private final int classes;
  private final int features;
  private final BooleanSupplier interrupted;

  /** That the user wants to end. */
  static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param trainings of each problem the rows it sees, by the problem's identity: drawn ones, or
   *     one that was resampled for all
   * @param interrupted whether the user wants to end: asked before every pass
   */
  ClusterObjective(
      SpreadRows rows,
      Broadcast<Map<Integer, Featurizer>> featurizers,
      IdentityHashMap<LinearProblem, SpreadTraining> trainings,
      FoldTask.Effort effort,
      int classes,
      BooleanSupplier interrupted) {
    this.interrupted = interrupted;
    this.rows = rows;
    this.featurizers = featurizers;
    this.trainings = trainings;
    this.effort = effort;
    this.classes = classes;
    this.features =
        featurizers.value().values().stream().mapToInt(Featurizer::size).max().orElse(0);
  }

  /** Features of the widest fold: narrower ones leave the last weights at zero. */
  @Override
  public int dimension() {
    return Math.multiplyExact(features + 1, outputs());
  }

  @Override
  public int outputs() {
    return Loss.outputs(classes);
  }

  @Override
  public boolean sameRows(LinearProblem one, LinearProblem other) {
    return trainings.get(one).equals(trainings.get(other));
  }

  @Override
  public void run(List<Pass> passes) {
    if (interrupted.getAsBoolean()) {
      throw new Interruption();
    }
    if (trainings.get(passes.get(0).problem()) instanceof ResampledTraining resampled) {
      // which all of them share
      resampled.answer(passes, classes);
      return;
    }
    List<DrawnTraining> drawn =
        passes.stream().map(pass -> (DrawnTraining) trainings.get(pass.problem())).toList();
    rows.answer(passes, drawn, featurizers, classes, effort);
  }
}
