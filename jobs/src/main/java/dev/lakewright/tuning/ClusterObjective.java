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
 * The objective of models of several folds over rows that are spread over the cluster: every pass
 * is one job for all models that are live.
 */
final class ClusterObjective implements BatchObjective {

  private final SpreadRows rows;
  private final Broadcast<Map<Integer, Featurizer>> featurizers;
  private final Map<LinearProblem, Integer> folds;
  private final SpreadRows.Totals totals;
  private final FoldTask.Effort effort;
  private final int classes;
  private final int features;
  private final BooleanSupplier interrupted;

  /** That the user wants to end. */
  static final class Interruption extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /**
   * @param folds of each problem the fold whose rows it does not see, by the problem's identity
   * @param interrupted whether the user wants to end: asked before every pass
   */
  ClusterObjective(
      SpreadRows rows,
      Broadcast<Map<Integer, Featurizer>> featurizers,
      IdentityHashMap<LinearProblem, Integer> folds,
      SpreadRows.Totals totals,
      FoldTask.Effort effort,
      int classes,
      BooleanSupplier interrupted) {
    this.interrupted = interrupted;
    this.rows = rows;
    this.featurizers = featurizers;
    this.folds = folds;
    this.totals = totals;
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
    return folds.get(one).equals(folds.get(other));
  }

  @Override
  public void run(List<Pass> passes) {
    if (interrupted.getAsBoolean()) {
      throw new Interruption();
    }
    int[] without = new int[passes.size()];
    double[] weights = new double[passes.size()];
    for (int i = 0; i < without.length; i++) {
      LinearProblem problem = passes.get(i).problem();
      without[i] = folds.get(problem);
      weights[i] = totals.trainingWeight(without[i], problem);
    }
    rows.answer(passes, without, featurizers, classes, effort, weights);
  }
}
