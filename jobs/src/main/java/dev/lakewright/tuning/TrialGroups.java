package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.LakewrightException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** Runs trials in groups that are trained together, on the folds that are not known yet. */
final class TrialGroups {

  private final TuneConfig tune;
  private final TrialRunners runners;
  private final Standing standing;
  private final Recording recording;
  private final KeptScores keptScores;
  private final Sweep.Listener listener;
  private final BooleanSupplier interrupted;
  private final Set<Told> told = new HashSet<>();

  TrialGroups(
      TuneConfig tune,
      TrialRunners runners,
      Standing standing,
      Recording recording,
      KeptScores keptScores,
      Sweep.Listener listener,
      BooleanSupplier interrupted) {
    this.tune = tune;
    this.runners = runners;
    this.standing = standing;
    this.recording = recording;
    this.keptScores = keptScores;
    this.listener = listener;
    this.interrupted = interrupted;
  }

  /** Trials that share their counted rows, the way they are trained, and their effort. */
  private record Group(Counting counting, boolean ofSpark, double fidelity) {}

  /** Of what it was told how it is trained. */
  private record Told(Counting counting, TuneConfig.Plan plan) {}

  /**
   * Brings trials of the standing as far as they are to climb, but for those that fail.
   *
   * @throws dev.lakewright.errors.InterruptedByUserException when the user ended it
   */
  void run(List<Ladders.Climb> climbs) {
    Map<Group, List<Trial>> groups = new LinkedHashMap<>();
    for (Ladders.Climb climb : climbs) {
      Trial trial = standing.result(climb.trial()).trial();
      recording.recall(trial, climb.fidelity());
      groups
          .computeIfAbsent(
              new Group(Counting.of(trial), trial.ofSpark(), climb.fidelity()),
              group -> new ArrayList<>())
          .add(trial);
    }
    groups.forEach(this::run);
  }

  private void run(Group group, List<Trial> trials) {
    Map<Integer, Set<Integer>> folds = new HashMap<>();
    List<Trial> open = new ArrayList<>();
    for (Trial trial : trials) {
      Set<Integer> toDo = foldsToDo(trial, group.fidelity());
      if (!toDo.isEmpty()) {
        folds.put(trial.number(), toDo);
        open.add(trial);
      }
    }
    if (!open.isEmpty()) {
      run(group, open, folds);
    }
  }

  private void run(Group group, List<Trial> open, Map<Integer, Set<Integer>> folds) {
    Map<TuneConfig.Plan, List<Trial>> planned = new EnumMap<>(TuneConfig.Plan.class);
    for (Trial trial : open) {
      try {
        planned.computeIfAbsent(runners.plan(trial).kind(), plan -> new ArrayList<>()).add(trial);
      } catch (LakewrightException e) {
        if (!runners.grows(trial)) {
          throw e; // so would any other trial
        }
        recording.progressed(failures(trial, folds.get(trial.number()), group.fidelity(), e));
      }
    }
    planned.values().forEach(alike -> train(group, alike, folds));
    recording.record();
  }

  private List<FoldOutcome> failures(
      Trial trial, Set<Integer> folds, double fidelity, LakewrightException cause) {
    FoldTask.Effort effort = FoldTask.Effort.of(tune, fidelity);
    return folds.stream()
        .map(fold -> FoldTask.failure(trial.number(), fold, effort, 0, cause.getMessage()))
        .map(FoldTask.Result::outcome)
        .toList();
  }

  private void train(Group group, List<Trial> open, Map<Integer, Set<Integer>> folds) {
    if (interrupted.getAsBoolean()) {
      throw recording.interruption();
    }
    TrialRunner runner = runners.of(open);
    say(group, open);
    open.forEach(trial -> runner.requireSupported(trial, varied(trial)));
    keptScores.beginWrites();
    try {
      CachedResults cached =
          runner.run(
              open,
              folds,
              FoldTask.Effort.of(tune, group.fidelity()),
              recording::progressed,
              interrupted);
      recording.record();
      keptScores.keep(open, cached);
    } catch (TrialRunner.InterruptedRun e) {
      recording.record();
      throw recording.interruption();
    } catch (RuntimeException e) {
      recording.record();
      throw e;
    }
  }

  /** Of a space, or of points that are listed in place of one. */
  private Set<String> varied(Trial trial) {
    Set<String> varied = new HashSet<>(tune.space().keySet());
    varied.addAll(trial.parameters().keySet());
    return varied;
  }

  private Set<Integer> foldsToDo(Trial trial, double fidelity) {
    Set<Integer> folds = new LinkedHashSet<>();
    for (int fold = 0; fold < tune.folds(); fold++) {
      if (!standing.knows(trial.number(), fold, fidelity)) {
        folds.add(fold);
      }
    }
    return folds;
  }

  /** Tells how a group is going to be trained, once for each way of counting and plan. */
  private void say(Group group, List<Trial> trials) {
    int models = trials.stream().mapToInt(t -> t.ensemble().models()).sum();
    if (group.ofSpark()) {
      listener.planned(
          "plan: estimators of Spark, one model after another; %d models over cached rows"
              .formatted(models * tune.folds()));
      return;
    }
    Plan plan = runners.plan(trials.get(0));
    if (told.add(new Told(group.counting(), plan.kind()))) {
      int passes = trials.stream().mapToInt(t -> t.learner().maxIterations()).max().orElse(0);
      listener.planned(plan.describe(models * tune.folds(), passes));
    }
  }
}
