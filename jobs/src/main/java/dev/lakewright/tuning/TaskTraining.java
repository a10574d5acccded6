package dev.lakewright.tuning;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.ensemble.EnsembleRows;
import dev.lakewright.ensemble.EnsembleTraining;
import dev.lakewright.ensemble.Learner;
import dev.lakewright.ensemble.TrainedModel;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassTotals;
import java.io.Serializable;
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
  private final ClassTotals inTable;
  private final Featurizer featurizer;
  private final List<String> classes;
  private final UnaryOperator<LinearProblem> limit;

  /**
   * A model.
   *
   * @param seconds its share of the time that training took
   * @param priorShifts per class, what its scores lack for probabilities under the table's shares
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Trained(TrainedModel model, double seconds, double[] priorShifts)
      implements Serializable {}

  /** Candidates that are trained on the same rows, in the same way. */
  private record Alike(EnsembleConfig ensemble, RowTreatment treatment) {}

  /**
   * @param rows before they are resampled and mixed
   * @param inTable totals of the rows that are in the table: without copies
   * @param featurizer that made them
   * @param limit what a candidate's problem is made into
   */
  TaskTraining(
      EnsembleRows rows,
      ClassTotals inTable,
      Featurizer featurizer,
      List<String> classes,
      UnaryOperator<LinearProblem> limit) {
    this.rows = rows;
    this.inTable = inTable;
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
          List<FoldTask.Candidate> members = places.stream().map(candidates::get).toList();
          EnsembleRows treated = alike.treatment().apply(rows, featurizer, classes);
          double spent = (System.nanoTime() - started) / 1e9 / places.size();
          List<TrainedModel> models =
              models(alike.ensemble(), treated, members, rest(secondsPerModel, spent));
          double seconds = (System.nanoTime() - started) / 1e9 / places.size();
          for (int i = 0; i < models.size(); i++) {
            trained[places.get(i)] =
                new Trained(models.get(i), seconds, priorShifts(members.get(i), treated));
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
      List<FoldTask.Candidate> candidates,
      double secondsPerModel) {
    if (ensemble.present()) {
      List<Learner> learners = candidates.stream().map(this::learner).toList();
      return new EnsembleTraining(ensemble, treated).train(learners, secondsPerModel);
    }
    ClassTotals totals = ClassTotals.of(treated.training(), classes.size());
    List<LinearProblem> problems =
        candidates.stream().map(candidate -> problem(candidate, totals)).toList();
    return LinearSolver.solve(
            treated.training(), treated.validation(), classes.size(), problems, secondsPerModel)
        .stream()
        .map(TrainedModel::of)
        .toList();
  }

  /** Trains a single model from a point near its minimum, without time limit. */
  Trained train(FoldTask.Candidate candidate, LinearStart start) {
    long started = System.nanoTime();
    EnsembleRows treated = RowTreatment.of(candidate).apply(rows, featurizer, classes);
    LinearProblem problem = problem(candidate, ClassTotals.of(treated.training(), classes.size()));
    LinearSolution solution =
        LinearSolver.solveFrom(start, treated.training(), classes.size(), problem);
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Trained(TrainedModel.of(solution), seconds, priorShifts(candidate, treated));
  }

  /** Trains some parts of an ensemble, without time limit. */
  Trained part(FoldTask.Candidate candidate, int from, int until) {
    long started = System.nanoTime();
    EnsembleRows treated = RowTreatment.of(candidate).apply(rows, featurizer, classes);
    TrainedModel model =
        new EnsembleTraining(candidate.ensemble(), treated)
            .train(List.of(learner(candidate)), from, until, 0)
            .get(0);
    double seconds = (System.nanoTime() - started) / 1e9;
    return new Trained(model, seconds, priorShifts(candidate, treated));
  }

  /** Members see the rows of their subset, whose row weights do not tell on class shares. */
  private Learner learner(FoldTask.Candidate candidate) {
    return counts -> problem(candidate, ClassTotals.counted(counts));
  }

  private LinearProblem problem(FoldTask.Candidate candidate, ClassTotals trained) {
    return limit.apply(
        LinearProblems.of(candidate.learner(), candidate.sampling(), classes, trained));
  }

  private double[] priorShifts(FoldTask.Candidate candidate, EnsembleRows treated) {
    ClassTotals trained =
        candidate.ensemble().present()
            ? ClassTotals.counted(EnsembleTraining.classCounts(candidate.ensemble(), treated))
            : ClassTotals.of(treated.training(), classes.size());
    return PriorShifts.of(candidate.learner(), candidate.sampling(), classes, trained, inTable);
  }
}
