package dev.lakewright.ensemble;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.EnsembleScorer.Vote;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.Scorer;
import dev.lakewright.model.SparseVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Trains ensembles on balanced subsets of the rows in a task's memory.
 *
 * <ul>
 *   <li>Balanced bagging: members side by side, each on a subset of its own; the mean of their
 *       probabilities (imbalanced-learn's {@code BalancedBaggingClassifier}).
 *   <li>EasyEnsemble: boosting on each of several subsets, all their learners' votes added (Liu,
 *       Wu, Zhou, <i>Exploratory Undersampling for Class-Imbalance Learning</i>, 2009, algorithm
 *       1), those of each subset with the same sum, so that one with more rounds has no more to
 *       say.
 *   <li>RUSBoost: boosting whose learners are trained on a new subset each round, and measured on
 *       all rows (Seiffert, Khoshgoftaar, Van Hulse, Napolitano, <i>RUSBoost</i>, 2010), by SAMME's
 *       rule instead of the pseudo-loss.
 * </ul>
 */
public final class EnsembleTraining {

  private final EnsembleConfig config;
  private final EnsembleRows rows;
  private final IntFunction<Subset> subsets;

  /**
   * @param config of a type other than none
   * @param rows at least one for training
   */
  public EnsembleTraining(EnsembleConfig config, EnsembleRows rows) {
    this(config, rows, drawn(config, rows));
  }

  /**
   * @param subsets by member, where they have been drawn already
   */
  public EnsembleTraining(EnsembleConfig config, EnsembleRows rows, IntFunction<Subset> subsets) {
    this.config = config;
    this.rows = rows;
    this.subsets = subsets;
  }

  private static IntFunction<Subset> drawn(EnsembleConfig config, EnsembleRows rows) {
    RowMatrix training = rows.training();
    return new BalancedSubsets(config, training.labels(), training.rows(), rows.classes())::draw;
  }

  /** Parts of an ensemble that know nothing of each other: members, or all rounds of a boosting. */
  public static int parts(EnsembleConfig config) {
    return config.type() == EnsembleConfig.Type.RUS_BOOST ? 1 : config.members();
  }

  /** Rows per class that a member is trained on. */
  public static long[] classCounts(EnsembleConfig config, EnsembleRows rows) {
    long[] sizes = rows.training().classCounts(rows.classes());
    return MemberDraws.of(config, sizes, 0).counts();
  }

  /**
   * Trains an ensemble for each learner, all on the same subsets. The first member that does not
   * end well ends its ensemble.
   *
   * @param secondsPerModel time limit of an ensemble, those trained together sharing theirs; 0:
   *     none
   */
  public List<TrainedModel> train(List<Learner> learners, double secondsPerModel) {
    return train(learners, 0, parts(config), secondsPerModel);
  }

  /** The same, some of the parts only: what {@link TrainedModel#join} puts together. */
  public List<TrainedModel> train(
      List<Learner> learners, int from, int until, double secondsPerModel) {
    return switch (config.type()) {
      case NONE -> throw new IllegalArgumentException("a single model is no ensemble");
      case BALANCED_BAGGING -> balancedBagging(learners, from, until, secondsPerModel);
      case EASY_ENSEMBLE ->
          learners.stream()
              .map(learner -> easyEnsemble(learner, from, until, secondsPerModel))
              .toList();
      case RUS_BOOST ->
          learners.stream().map(learner -> rusBoost(learner, secondsPerModel)).toList();
    };
  }

  private List<TrainedModel> balancedBagging(
      List<Learner> learners, int from, int until, double secondsPerModel) {
    TimeLimit limit = TimeLimit.of(secondsPerModel * learners.size());
    List<List<LinearSolution>> members = new ArrayList<>();
    learners.forEach(learner -> members.add(new ArrayList<>()));
    List<Integer> live = new ArrayList<>(IntStream.range(0, learners.size()).boxed().toList());
    for (int member = from; member < until && !live.isEmpty(); member++) {
      Subset subset = subsets.apply(member);
      List<LinearProblem> problems =
          live.stream().map(place -> learners.get(place).problem(subset.drawn())).toList();
      List<LinearSolution> solutions =
          LinearSolver.solve(
              subset.of(rows.training()),
              rows.validation(),
              rows.classes(),
              problems,
              limit.left() / problems.size());
      for (int i = 0; i < solutions.size(); i++) {
        members.get(live.get(i)).add(solutions.get(i));
      }
      live.removeIf(place -> !soft(members.get(place)).usable());
    }
    return members.stream().map(EnsembleTraining::soft).toList();
  }

  private static TrainedModel soft(List<LinearSolution> members) {
    double[] votes = new double[members.size()];
    Arrays.fill(votes, 1);
    return new TrainedModel(Vote.SOFT, members, votes);
  }

  private TrainedModel easyEnsemble(Learner learner, int from, int until, double secondsPerModel) {
    TimeLimit limit = TimeLimit.of(secondsPerModel);
    List<TrainedModel> bags = new ArrayList<>();
    for (int bag = from; bag < until; bag++) {
      Subset subset = subsets.apply(bag);
      RowMatrix matrix = subset.of(rows.training());
      LinearProblem problem = learner.problem(subset.drawn());
      TrainedModel boosted =
          boosted(
              new Boosting(weights(matrix), rows.classes(), config.rounds(), 1.0 / config.members())
                  .run(
                      (round, weights) ->
                          learnt(solve(matrix.reweighted(weights), problem, limit), matrix)));
      bags.add(boosted);
      if (!boosted.usable()) {
        break;
      }
    }
    return TrainedModel.join(bags);
  }

  private TrainedModel rusBoost(Learner learner, double secondsPerModel) {
    TimeLimit limit = TimeLimit.of(secondsPerModel);
    RowMatrix all = rows.training();
    return boosted(
        new Boosting(weights(all), rows.classes(), config.members(), 1)
            .run(
                (round, weights) -> {
                  Subset subset = subsets.apply(round);
                  RowMatrix drawn = subset.of(all.reweighted(weights));
                  return learnt(solve(drawn, learner.problem(subset.drawn()), limit), all);
                }));
  }

  private TrainedModel boosted(Boosting.Boosted<LinearSolution> boosted) {
    return new TrainedModel(vote(config), boosted.members(), boosted.votes());
  }

  /** How the members of an ensemble vote. */
  public static Vote vote(EnsembleConfig config) {
    boolean decisions = config.vote() == EnsembleConfig.Vote.DECISIONS;
    return decisions && config.type() != EnsembleConfig.Type.BALANCED_BAGGING
        ? Vote.BOOSTED
        : Vote.SOFT;
  }

  private static double[] weights(RowMatrix matrix) {
    return IntStream.range(0, matrix.rows()).mapToDouble(matrix::weight).toArray();
  }

  private Boosting.Learnt<LinearSolution> learnt(LinearSolution solution, RowMatrix measured) {
    boolean usable = TrainedModel.of(solution).usable();
    return new Boosting.Learnt<>(
        solution, usable, usable ? wrong(solution, measured) : new BitSet());
  }

  /** Rows whose first class of the highest margin is not their label. */
  private BitSet wrong(LinearSolution solution, RowMatrix matrix) {
    LinearScorer scorer =
        new LinearScorer(
            matrix.features(), rows.classes(), solution.weights(), solution.intercepts());
    BitSet wrong = new BitSet(matrix.rows());
    SparseVector vector = new SparseVector();
    double[] margins = new double[rows.classes()];
    for (int row = 0; row < matrix.rows(); row++) {
      matrix.read(row, vector);
      scorer.score(vector, margins);
      wrong.set(row, Scorer.decision(margins) != matrix.label(row));
    }
    return wrong;
  }

  private LinearSolution solve(RowMatrix matrix, LinearProblem problem, TimeLimit limit) {
    return LinearSolver.solve(
            matrix, rows.validation(), rows.classes(), List.of(problem), limit.left())
        .get(0);
  }
}
