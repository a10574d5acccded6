package dev.lakewright.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.FeaturesConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.SparkForTests;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.model.FeatureStatistics;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.FeaturizerFitting;
import dev.lakewright.model.LinearScorer;
import dev.lakewright.model.RecordSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class ShadowScoringTest {

  /** Reads a height, and refuses one that is not finite. */
  private static PortableModel ofHeights() {
    FeaturesConfig config =
        ConfigDocument.load(Optional.empty(), List.of(), Map.of())
            .bind(LakewrightConfig.class)
            .features();
    RecordSchema schema = new RecordSchema(List.of(), List.of("height"), List.of());
    Featurizer featurizer =
        FeaturizerFitting.fit(
            config, schema, new FeatureStatistics(config, schema, Map.of()), Map.of());
    return new PortableModel(
        ClassifierStorage.write(
            new Classifier(
                List.of("low", "tall"),
                featurizer,
                new LinearScorer(1, 2, new float[] {1}, new double[] {1}),
                new Calibration.Softmax(),
                new Thresholds.MostProbable(),
                Map.of(),
                JsonNodeFactory.instance.objectNode())));
  }

  @Test
  void aRowThatItFailsOnIsWithoutItsScoresAndAllElseStands() {
    Dataset<Row> rows =
        SparkForTests.session()
            .sql(
                "SELECT id, 0.1D + 0.2D * id AS champions, named_struct('height', if(id = 2,"
                    + " double('Infinity'), double(id))) AS "
                    + ShadowScoring.RECORD
                    + " FROM range(5)");
    ShadowScoring scoring = new ShadowScoring(SparkForTests.session(), ofHeights());
    Dataset<Row> scored = scoring.score(rows).cache();

    assertThat(scored.selectExpr("id", "champions").collectAsList())
        .containsExactlyElementsOf(rows.selectExpr("id", "champions").collectAsList());
    assertThat(scored.where(ShadowScoring.PREDICTION + " IS NULL").selectExpr("id").collectAsList())
        .extracting(row -> row.getLong(0))
        .containsExactly(2L);
    assertThat(scored.where(ShadowScoring.PROBABILITIES + " IS NULL").count()).isEqualTo(1);
    assertThat(scoring.failures())
        .containsExactly(
            "IllegalArgumentException: a number must be finite, or NaN where missing; column height holds Infinity");
    scored.unpersist();
  }
}
