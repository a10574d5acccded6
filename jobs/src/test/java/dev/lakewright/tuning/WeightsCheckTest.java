package dev.lakewright.tuning;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightsCheckTest {

  private static final String FM =
      "learner.estimator=org.apache.spark.ml.classification.FMClassifier";

  private static void check(String... settings) {
    ConfigDocument document = ConfigDocument.load(Optional.empty(), List.of(settings), Map.of());
    WeightsCheck.check(
        document.bind(LakewrightConfig.class),
        point -> {
          ConfigDocument trial = document;
          for (Map.Entry<String, Object> entry : point.entrySet()) {
            trial = trial.with(entry.getKey(), entry.getValue());
          }
          return trial.bind(LakewrightConfig.class);
        });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sampling.weights=balanced | sampling.weights: balanced",
        "sampling.class_weights={spam: 2} | sampling.class_weights",
        "sampling.augmentation={mix_up: 1, mix_up_partners: any} | sampling.augmentation.mix_up_partners: any",
        "tune.space={sampling.augmentation.mix_up: {int: [0, 2]}, sampling.augmentation.mix_up_partners: [same, any]} | sampling.augmentation.mix_up_partners: any",
        "ensemble.type=rus_boost | ensemble.type: rus_boost",
        "tune.space={ensemble.type: [none, easy_ensemble]} | ensemble.type: easy_ensemble",
        "data.weight=w | data.weight: w",
        "tune.space={sampling.weights: [none, effective_number]} | sampling.weights: effective_number",
        "tune.space={sampling.class_weights.spam: {uniform: [1, 5]}} | sampling.class_weights"
      })
  void anEstimatorThatCannotWeighIsRefusedWithTheWeights(String weights, String named) {
    assertThatThrownBy(() -> check("learner.type=spark", FM, weights))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "learner.estimator: FMClassifier cannot weigh rows, which %s asks for; leave that out, or choose another estimator"
                .formatted(named));
  }

  @Test
  void anEstimatorAmongOthersOfTheSpaceIsFound() {
    assertThatThrownBy(
            () ->
                check(
                    "sampling.weights=balanced",
                    "tune.space={learner.type: [logistic, spark], learner.l2: [1, 2],"
                        + " learner.estimator: {choice: [org.apache.spark.ml.classification.NaiveBayes,"
                        + " org.apache.spark.ml.classification.MultilayerPerceptronClassifier],"
                        + " when: {learner.type: spark}}}"))
        .hasMessageContaining("MultilayerPerceptronClassifier cannot weigh rows");
  }

  @Test
  void anEstimatorThatCannotWeighMayStandBesideLearnersThatDo() {
    assertThatCode(
            () ->
                check(
                    FM,
                    "tune.space={learner.type: [logistic, spark],"
                        + " sampling.weights: {choice: [balanced], when: {learner.type: logistic}}}"))
        .doesNotThrowAnyException();
    assertThatCode(
            () ->
                check(
                    "learner.type=spark",
                    FM,
                    "sampling.class_weights={spam: 1}",
                    "ensemble.type=balanced_bagging"))
        .doesNotThrowAnyException();
  }
}
