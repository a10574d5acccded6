package dev.lakewright.tuning;

import dev.lakewright.model.Classifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Trains and measures trials that count features alike, by one of the plans. */
interface TrialRunner {

  /** That the user wants to end. */
  final class InterruptedRun extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /**
   * Refuses settings that no trial of the sweep could be trained with, before anything runs.
   *
   * @param varied key paths that trials may differ in: of these, those that cannot be trained with
   *     fail their trials
   * @throws dev.lakewright.errors.ConfigException for the first such setting
   */
  default void requireSupported(Trial trial, Set<String> varied) {}

  /**
   * Runs trials on folds.
   *
   * @param foldsToDo of each trial, by its number
   * @param finished told of all outcomes so far as they come in
   * @param interrupted whether the user wants to end
   * @return results, cached until they are closed
   */
  CachedResults run(
      List<Trial> trials,
      Map<Integer, Set<Integer>> foldsToDo,
      FoldTask.Effort effort,
      Consumer<List<FoldOutcome>> finished,
      BooleanSupplier interrupted)
      throws InterruptedRun;

  /**
   * Trains a trial on all training rows.
   *
   * @param result the trial with its folds: one that stopped early stops after as many passes
   * @param start an earlier model whose weights the minimizer sets out from
   */
  Refit refit(TrialResult result, Optional<Classifier> start);

  /**
   * The same; where it may take long, how far it is is kept.
   *
   * @param checkpoints of trainings that set out from the same start
   */
  default Refit refit(
      TrialResult result, Optional<Classifier> start, RefitCheckpoints checkpoints) {
    return refit(result, start);
  }
}
