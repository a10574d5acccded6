package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.EnsembleTraining;
import dev.lakewright.ensemble.Learner;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassWeights;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Trains candidates over rows in a task's memory: single models together, and together those
 * ensembles whose members are trained on the same subsets.
 */
final class TaskTraining {

  private final EnsembleRows rows;
  private final Featurizer featurizer;
  private final List<String> classes;
  private final UnaryOperator<LinearProblem> limit;

  /** A model, and its share of the time that training took. */
  record Trained(TrainedModel model, double seconds) {}

  /** Candidates that are trained on the same rows, in the same way. */
  private record Alike(EnsembleConfig ensemble, RowTreatment treatment) {}

  /**
   * @param rows as they are, before any treatment
   * @param featurizer that made them
   * @param limit what a candidate's problem is made into
   */
  TaskTraining(
      EnsembleRows rows,
      Featurizer featurizer,
      List<String> classes,
      UnaryOperator<LinearProblem> limit) {
    this.rows = rows;
    this.featurizer = featurizer;
    this.classes = classes;
    this.limit = limit;
  }

  /**
   * Trains every candidate.
   *
   * @param secondsPerModel time limit of a candidate, those trained together sharing theirs; 0:
   *     none
   * @return in the order of the candidates
   */
  List<Trained> train(List<FoldTask.Candidate> candidates, double secondsPerModel) {
    Map<Alike, List<Integer>> together = new LinkedHashMap<>();
    for (int place = 0; place < candidates.size(); place++) {
      together.computeIfAbsent(alike(candidates.get(place)), alike -> new ArrayList<>()).add(place);
    }
    Trained[] trained = new Trained[candidates.size()];
    together.forEach(
        (alike, places) -> {
          long started = System.nanoTime();
          List<Learner> learners =
              places.stream().map(place -> learner(candidates.get(place))).toList();
          EnsembleRows treated = alike.treatment().apply(rows, featurizer, classes);
          double spent = (System.nanoTime() - started) / 1e9 / places.size();
          List<TrainedModel> models =
              models(alike.ensemble(), treated, learners, rest(secondsPerModel, spent));
          double seconds = (System.nanoTime() - started) / 1e9 / places.size();
          for (int i = 0; i < models.size(); i++) {
            trained[places.get(i)] = new Trained(models.get(i), seconds);
          }
        });
    return Arrays.asList(trained);
  }

  private static Alike alike(FoldTask.Candidate candidate) {
    return new Alike(candidate.ensemble(), RowTreatment.of(candidate));
  }

  /** What is left of a time limit; never 0, which would be no limit. */
  private static double rest(double limit, double spent) {
    return limit == 0 ? 0 : Math.max(1e-9, limit - spent);
  }

  private List<TrainedModel> models(
      EnsembleConfig ensemble,
      EnsembleRows treated,
      List<Learner> learners,
      double secondsPerModel) {
    if (ensemble.present()) {
      return new EnsembleTraining(ensemble, treated).train(learners, secondsPerModel);
    }
    long[] counts = treated.training().classCounts(classes.size());
    List<LinearProblem> problems = learners.stream().map(each -> each.problem(counts)).toList();
    return LinearSolver.solve(
            treated.training(), treated.validation(), classes.size(), problems, secondsPerModel)
        .stream()
        .map(TrainedModel::of)
        .toList();
  }

  /** Trains some parts of an ensemble, without time limit. */
  TrainedModel part(FoldTask.Candidate candidate, int from, int until) {
    EnsembleRows treated = RowTreatment.of(candidate).apply(rows, featurizer, classes);
    return new EnsembleTraining(candidate.ensemble(), treated)
        .train(List.of(learner(candidate)), from, until, 0)
        .get(0);
  }

  private Learner learner(FoldTask.Candidate candidate) {
    return counts ->
        limit.apply(
            LinearProblems.of(
                candidate.learner(), ClassWeights.of(candidate.sampling(), classes, counts)));
  }
}
