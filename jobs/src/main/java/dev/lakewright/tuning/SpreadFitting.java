package dev.lakewright.tuning;

import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.linear.Checkpoint;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Featurizer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.spark.broadcast.Broadcast;

/**
 * Trains models over rows that stay spread: single ones by passes over the rows, ensembles member
 * by member.
 */
record SpreadFitting(CountedSweep counted, List<String> classes) {

  /**
   * What models are trained under.
   *
   * @param featurizers by the fold that they have not seen
   * @param interrupted whether the user wants to end
   * @param spent seconds per model that its rows took to make
   */
  record Setting(
      Broadcast<Map<Integer, Featurizer>> featurizers,
      SpreadTotals totals,
      SpreadTrainings trainings,
      FoldTask.Effort effort,
      BooleanSupplier interrupted,
      double spent) {

    /** What is left of a model's time limit; never 0, which would be no limit. */
    double secondsLeft() {
      return effort.seconds() == 0 ? 0 : Math.max(1e-9, effort.seconds() - spent);
    }
  }

  /**
   * What models are trained on.
   *
   * @param models that share it
   */
  SpreadTrainings trainings(
      List<SpreadModel> models,
      Map<Integer, Featurizer> featurizers,
      SpreadTotals totals,
      FoldTask.Effort effort) {
    SpreadTrainings.Choice first = models.get(0).choice();
    if (models.get(0).isEnsemble()) {
      return SpreadTrainings.NONE;
    }
    if (first.isDrawn()) {
      return SpreadTrainings.draw(
          models.stream().map(SpreadModel::choice).toList(), rows(), totals, classes, effort);
    }
    FoldResampling resampling = new FoldResampling(rows(), totals, classes, effort);
    return SpreadTrainings.of(first, resampling.training(first, featurizers.get(first.fold())));
  }

  /**
   * Trains models that share what they are trained on.
   *
   * @return in their order
   */
  List<SpreadMeasuring.Trained> fit(List<SpreadModel> models, Setting setting) {
    return models.get(0).isEnsemble()
        ? ensembles(models, setting)
        : singles(models, setting, Optional.empty(), Optional.empty());
  }

  /**
   * Trains a single model, or an ensemble, that need not be measured.
   *
   * @param start a point near the minimum of a single model, if one is known
   * @param checkpoint where a single model keeps how far it is
   */
  SpreadMeasuring.Trained fit(
      SpreadModel model,
      Setting setting,
      Optional<LinearStart> start,
      Optional<Checkpoint> checkpoint) {
    return model.isEnsemble()
        ? ensembles(List.of(model), setting).get(0)
        : singles(List.of(model), setting, start, checkpoint).get(0);
  }

  private List<SpreadMeasuring.Trained> singles(
      List<SpreadModel> models,
      Setting setting,
      Optional<LinearStart> start,
      Optional<Checkpoint> checkpoint) {
    List<LinearSolution> solutions = train(models, setting, start, checkpoint);
    return IntStream.range(0, models.size())
        .mapToObj(
            i ->
                models
                    .get(i)
                    .trained(
                        TrainedModel.of(solutions.get(i)), priorShifts(models.get(i), setting)))
        .toList();
  }

  private List<SpreadMeasuring.Trained> ensembles(List<SpreadModel> models, Setting setting) {
    int fold = models.get(0).fold();
    List<FoldTask.Candidate> candidates =
        models.stream().map(model -> FoldTask.Candidate.of(model.trial())).toList();
    List<SpreadEnsembles.Trained> trained =
        new SpreadEnsembles(
                rows(),
                setting.totals(),
                classes,
                setting.effort(),
                counted.plan().rowBytes() / Math.max(1, rows().size()) + 1)
            .train(
                candidates,
                fold,
                setting.featurizers().value().get(fold),
                setting.secondsLeft() * shareOfMember(candidates.get(0).ensemble().members()));
    return IntStream.range(0, models.size())
        .mapToObj(i -> models.get(i).trained(trained.get(i).model(), trained.get(i).priorShifts()))
        .toList();
  }

  /** Of the time limit of an ensemble, whose members go in as many waves as tasks allow. */
  private double shareOfMember(int members) {
    return Math.min(1, (double) rows().spark().defaultParallelism() / members);
  }

  private double[] priorShifts(SpreadModel model, Setting setting) {
    return PriorShifts.of(
        model.trial().learner(),
        model.trial().sampling(),
        classes,
        setting.trainings().of(model.choice()).totals(),
        setting.totals().all().without(model.fold()));
  }

  /** Models like this one whose vectors the driver holds at once. */
  int modelsAtOnce(SpreadModel model, Map<Integer, Featurizer> featurizers) {
    long features = featurizers.values().stream().mapToLong(Featurizer::size).max().orElse(0);
    int members = model.trial().ensemble().models();
    long bytes = Plan.ensembleBytes(features, classes.size(), members);
    long most = Math.max(1, Math.min(10_000, TaskMemory.forDriverModels() / bytes));
    return (int)
        (members > 1
            ? Math.min(
                most, TaskMemory.ensembles(rows().spark(), features, classes.size(), members))
            : most);
  }

  private List<LinearSolution> train(
      List<SpreadModel> models,
      Setting setting,
      Optional<LinearStart> start,
      Optional<Checkpoint> checkpoint) {
    IdentityHashMap<LinearProblem, SpreadTraining> trainings = new IdentityHashMap<>();
    List<LinearProblem> problems = new ArrayList<>();
    for (SpreadModel model : models) {
      SpreadTraining training = setting.trainings().of(model.choice());
      LinearProblem problem =
          setting
              .effort()
              .limit(
                  LinearProblems.of(
                      model.trial().learner(),
                      model.trial().sampling(),
                      classes,
                      training.totals()));
      problems.add(problem);
      trainings.put(problem, training);
    }
    ClusterObjective objective =
        new ClusterObjective(
            rows(),
            setting.featurizers(),
            trainings,
            setting.effort(),
            classes.size(),
            setting.interrupted());
    if (checkpoint.isPresent()) {
      return List.of(LinearSolver.solve(start, objective, problems.get(0), checkpoint.get()));
    }
    return start.isPresent()
        ? List.of(LinearSolver.solveFrom(start.get(), objective, problems.get(0)))
        : LinearSolver.solve(objective, problems, setting.secondsLeft());
  }

  private SpreadRows rows() {
    return counted.spread();
  }
}
