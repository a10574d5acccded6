package dev.lakewright.training;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.calibration.Priors;
import dev.lakewright.calibration.Thresholds;
import dev.lakewright.calibration.ThresholdsFitting;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.features.TermNames;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.Scorer;
import dev.lakewright.tuning.OutOfFold;
import dev.lakewright.tuning.Refit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A refitted trial made into a classifier. Calibration and thresholds are chosen on out-of-fold
 * scores, which no model gave that had seen the row.
 *
 * @param topTerms per class, its heaviest features
 */
public record ModelAssembly(
    Classifier classifier,
    CalibrationFacts calibration,
    DecisionFacts decisions,
    List<String> notes,
    Map<String, List<TopTerms.Weighted>> topTerms) {

  /**
   * Checks what calibration and thresholds say of classes, which can be done before anything is
   * trained.
   *
   * @throws dev.lakewright.errors.ConfigException when a class is unknown
   */
  public static void check(LakewrightConfig config, LabelledRows rows) {
    List<String> classes = rows.classes();
    double[] counts =
        classes.stream().mapToDouble(label -> rows.trainingCounts().get(label)).toArray();
    double[] shares =
        Arrays.stream(counts).map(count -> count / Arrays.stream(counts).sum()).toArray();
    Priors.deployed(config.calibration().priors(), classes, shares);
    ThresholdsFitting.check(config.thresholds(), classes);
  }

  /** Puts the parts together. */
  public static ModelAssembly of(
      LakewrightConfig config, LabelledRows rows, Refit refit, OutOfFold outOfFold) {
    List<String> classes = rows.classes();
    Decision decision =
        Decision.fit(
            config.calibration(), config.thresholds(), classes, outOfFold, refit.priorShifts());
    Scorer scorer = refit.scorer(classes.size());
    TopTerms top = new TopTerms(refit.featurizer(), scorer, config.report().topTerms());
    Map<Integer, String> names =
        TermNames.of(
            rows.training(), rows.schema(), refit.featurizer(), new TreeSet<>(top.features()));
    Classifier classifier =
        new Classifier(
            classes,
            refit.featurizer(),
            scorer,
            decision.deployed(),
            decision.thresholds(),
            names,
            MissingNode.getInstance());
    return new ModelAssembly(
        classifier,
        CalibrationFacts.of(
            decision.deployed(),
            score(classes, outOfFold, new Calibration.Softmax()),
            score(classes, outOfFold, decision.table())),
        DecisionFacts.of(
            config.thresholds().goal().name(), decision.thresholds(), decision.chosenOn()),
        decision.notes(),
        top.byClass(classifier));
  }

  private static ScoredRows score(List<String> classes, OutOfFold rows, Calibration calibration) {
    return ScoredRows.of(
        classes, rows.labels(), rows.margins(), calibration, new Thresholds.MostProbable());
  }

  /** The classifier with its record of origin. */
  public Classifier withProvenance(JsonNode provenance) {
    return new Classifier(
        classifier.labels(),
        classifier.featurizer(),
        classifier.scorer(),
        classifier.calibration(),
        classifier.thresholds(),
        classifier.terms(),
        provenance);
  }
}
