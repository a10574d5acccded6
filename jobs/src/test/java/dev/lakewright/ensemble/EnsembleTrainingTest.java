package dev.lakewright.ensemble;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lakewright.config.EnsembleConfig;
import dev.lakewright.config.EnsembleConfig.Type;
import dev.lakewright.linear.LinearSolution;
import dev.lakewright.linear.LinearSolution.Outcome;
import dev.lakewright.linear.LinearSolver;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.EnsembleScorer.Vote;
import dev.lakewright.model.Scorer;
import dev.lakewright.model.SparseVector;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleTrainingTest {

  private static TrainedModel train(EnsembleConfig config, RowMatrix matrix, int classes) {
    return new EnsembleTraining(config, Ensembles.rows(matrix, classes))
        .train(List.of(Ensembles.logistic(1e-2)), 0)
        .get(0);
  }

  @Test
  void baggingTrainsEachMemberOnItsSubsetAlone() {
    RowMatrix matrix = Ensembles.blobs(1, 200, 20);
    EnsembleConfig config = Ensembles.config(Type.BALANCED_BAGGING, 3, 1);
    TrainedModel model = train(config, matrix, 2);
    BalancedSubsets subsets = new BalancedSubsets(config, matrix.labels(), matrix.rows(), 2);

    assertThat(model.vote()).isEqualTo(Vote.SOFT);
    assertThat(model.votes()).containsExactly(1, 1, 1);
    for (int member = 0; member < 3; member++) {
      RowMatrix subset = subsets.draw(member).of(matrix);
      assertThat(subset.classCounts(2)).containsExactly(20, 20);
      LinearSolution alone =
          LinearSolver.solve(
                  subset, 2, List.of(Ensembles.logistic(1e-2).problem(new long[] {20, 20})))
              .get(0);
      assertThat(model.members().get(member).weights()).containsExactly(alone.weights());
    }
  }

  /** scikit-learn 1.9.1, AdaBoostClassifier(LogisticRegression(C=10)).estimator_weights_. */
  @ParameterizedTest
  @EnumSource(names = {"EASY_ENSEMBLE", "RUS_BOOST"})
  void onBalancedRowsBoostingIsAdaBoost(Type type) {
    EnsembleConfig config = Ensembles.config(type, type == Type.RUS_BOOST ? 5 : 1, 5);

    assertShares(
        boosted(config, 2, 40), 0.7308875085427926, 0.2462511263243592, 0.033030888659454055);
    assertShares(
        boosted(config, 3, 60),
        1.6211339521972912,
        0.5936579941513749,
        0.3806441492496534,
        0.12453979187833175);
  }

  private static void assertShares(double[] votes, double... expected) {
    double sum = DoubleStream.of(expected).sum();
    assertThat(votes)
        .containsExactly(DoubleStream.of(expected).map(vote -> vote / sum).toArray(), within(1e-4));
  }

  private static double[] boosted(EnsembleConfig config, int classes, int rows) {
    RowMatrix matrix = new RowMatrix(3);
    for (int i = 0; i < rows; i++) {
      int label = i % classes;
      SparseVector vector = new SparseVector();
      vector.add(0, (float) (i * 7 % 11 / 10.0 + (label == 1 ? classes == 2 ? 0.3 : 0.6 : 0)));
      vector.add(1, (float) (i * 5 % 13 / 10.0 + (label == 2 ? 0.6 : 0)));
      vector.add(2, (float) (i * 3 % 17 / 10.0 - (label == 0 && classes > 2 ? 0.4 : 0)));
      matrix.add(vector, label, 1);
    }
    TrainedModel model =
        new EnsembleTraining(config, Ensembles.rows(matrix, classes))
            .train(List.of(Ensembles.logistic(0.1)), 0)
            .get(0);
    assertThat(model.vote()).isEqualTo(Vote.BOOSTED);
    return model.votes();
  }

  @ParameterizedTest
  @EnumSource(names = {"EASY_ENSEMBLE", "RUS_BOOST"})
  void boostedMembersVoteWithProbabilitiesWhereAsked(Type type) {
    RowMatrix matrix = Ensembles.blobs(8, 300, 40);
    EnsembleConfig decisions = Ensembles.config(type, 3, 3);
    EnsembleConfig probabilities =
        new EnsembleConfig(
            type,
            3,
            3,
            decisions.ratio(),
            decisions.replacement(),
            EnsembleConfig.Vote.PROBABILITIES,
            decisions.seed());

    TrainedModel model = train(probabilities, matrix, 2);

    assertThat(model.vote()).isEqualTo(Vote.SOFT);
    assertThat(model.votes()).containsExactly(train(decisions, matrix, 2).votes());
    assertThat(DoubleStream.of(model.votes()).sum()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void findsMoreOfARareClassThanASingleModel(Type type) {
    RowMatrix matrix = Ensembles.blobs(2, 900, 30);
    RowMatrix unseen = Ensembles.blobs(3, 0, 200);
    TrainedModel single =
        TrainedModel.of(
            LinearSolver.solve(
                    matrix, 2, List.of(Ensembles.logistic(1e-2).problem(new long[] {900, 30})))
                .get(0));

    TrainedModel ensemble = train(Ensembles.config(type, 10, 5), matrix, 2);

    assertThat(recall(single, unseen)).isLessThan(0.5);
    assertThat(recall(ensemble, unseen)).isGreaterThan(0.7);
  }

  private static double recall(TrainedModel model, RowMatrix rows) {
    Scorer scorer = model.scorer(rows.features(), 2);
    SparseVector vector = new SparseVector();
    double[] margins = new double[2];
    int found = 0;
    for (int row = 0; row < rows.rows(); row++) {
      rows.read(row, vector);
      scorer.score(vector, margins);
      found += margins[1] > 0 ? 1 : 0;
    }
    return (double) found / rows.rows();
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void ensembleIsTheSameAloneInCompanyAndInParts(Type type) {
    RowMatrix matrix = Ensembles.blobs(4, 90, 15, 60);
    EnsembleConfig config = Ensembles.config(type, 4, 3);
    EnsembleTraining training = new EnsembleTraining(config, Ensembles.rows(matrix, 3));
    List<Learner> learners = List.of(Ensembles.logistic(1e-1), Ensembles.logistic(1e-3));
    TrainedModel together = training.train(learners, 0).get(1);
    TrainedModel alone = training.train(learners.subList(1, 2), 0).get(0);
    int parts = EnsembleTraining.parts(Ensembles.config(type, 4, 3));
    List<TrainedModel> byPart =
        IntStream.range(0, EnsembleTraining.parts(config))
            .mapToObj(part -> training.train(learners.subList(1, 2), part, part + 1, 0).get(0))
            .toList();
    TrainedModel joined = TrainedModel.join(byPart);

    for (TrainedModel other : List.of(alone, joined)) {
      assertThat(other.votes()).containsExactly(together.votes());
      for (int member = 0; member < other.members().size(); member++) {
        assertThat(other.members().get(member).weights())
            .containsExactly(together.members().get(member).weights());
      }
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void aClassOfOneRowOfManyIsLearnt(Type type) {
    TrainedModel model =
        train(Ensembles.config(type, 5, 3), Ensembles.blobs(5, 40, 1, 30, 20, 10), 5);
    assertThat(model.outcome()).isEqualTo(Outcome.CONVERGED);
    assertThat(model.scorer(20, 5).classes()).isEqualTo(5);
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 4})
  void rowsThatNothingTellsApartStillGiveAModel(int classes) {
    RowMatrix matrix = new RowMatrix(1);
    SparseVector vector = new SparseVector();
    vector.add(0, 1);
    for (int row = 0; row < 40; row++) {
      matrix.add(vector, row % classes, 1);
    }
    for (Type type : List.of(Type.BALANCED_BAGGING, Type.EASY_ENSEMBLE, Type.RUS_BOOST)) {
      assertThat(train(Ensembles.config(type, 3, 3), matrix, classes).finite()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void endsAtTheTimeLimitAndSaysSo(Type type) {
    EnsembleTraining training =
        new EnsembleTraining(
            Ensembles.config(type, 1000, 1000), Ensembles.rows(Ensembles.blobs(6, 300, 100), 2));
    TrainedModel model = training.train(List.of(Ensembles.logistic(1e-6)), 1e-9).get(0);

    assertThat(model.outcome()).isEqualTo(Outcome.TIME_LIMIT);
    assertThat(model.members()).hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void oneMemberThatDivergesFailsTheEnsemble(Type type) {
    RowMatrix matrix = Ensembles.blobs(7, 50, 20);
    SparseVector vector = new SparseVector();
    vector.add(0, Float.POSITIVE_INFINITY);
    matrix.add(vector, 1, 1);

    TrainedModel model = train(Ensembles.config(type, 10, 5), matrix, 2);

    assertThat(model.outcome()).isEqualTo(Outcome.DIVERGED);
  }
}
