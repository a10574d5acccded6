package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.EnsembleTraining;
import dev.lakewright.ensemble.Learner;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolver;
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
  private final List<String> classes;
  private final UnaryOperator<LinearProblem> limit;

  /** A model, and its share of the time that training took. */
  record Trained(TrainedModel model, double seconds) {}

  /**
   * @param limit what a candidate's problem is made into
   */
  TaskTraining(EnsembleRows rows, List<String> classes, UnaryOperator<LinearProblem> limit) {
    this.rows = rows;
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
    Map<EnsembleConfig, List<Integer>> together = new LinkedHashMap<>();
    for (int place = 0; place < candidates.size(); place++) {
      together
          .computeIfAbsent(candidates.get(place).ensemble(), alike -> new ArrayList<>())
          .add(place);
    }
    Trained[] trained = new Trained[candidates.size()];
    together.forEach(
        (ensemble, places) -> {
          long started = System.nanoTime();
          List<Learner> learners =
              places.stream().map(place -> learner(candidates.get(place))).toList();
          List<TrainedModel> models = models(ensemble, learners, secondsPerModel);
          double seconds = (System.nanoTime() - started) / 1e9 / places.size();
          for (int i = 0; i < models.size(); i++) {
            trained[places.get(i)] = new Trained(models.get(i), seconds);
          }
        });
    return Arrays.asList(trained);
  }

  private List<TrainedModel> models(
      EnsembleConfig ensemble, List<Learner> learners, double secondsPerModel) {
    if (ensemble.present()) {
      return new EnsembleTraining(ensemble, rows).train(learners, secondsPerModel);
    }
    long[] counts = rows.training().classCounts(classes.size());
    List<LinearProblem> problems = learners.stream().map(each -> each.problem(counts)).toList();
    return LinearSolver.solve(
            rows.training(), rows.validation(), classes.size(), problems, secondsPerModel)
        .stream()
        .map(TrainedModel::of)
        .toList();
  }

  /** Trains some parts of an ensemble, without time limit. */
  TrainedModel part(FoldTask.Candidate candidate, int from, int until) {
    return new EnsembleTraining(candidate.ensemble(), rows)
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
