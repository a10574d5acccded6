package dev.lakewright.comparison;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.Remedy;
import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Figure;
import dev.lakewright.metrics.Metric;
import dev.lakewright.metrics.PairedBootstrap;
import dev.lakewright.metrics.PairedBootstrap.Estimate;
import dev.lakewright.metrics.ScoredRows;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.scoring.PortableModel;
import dev.lakewright.scoring.ScoredTable;
import dev.lakewright.training.Decision;
import dev.lakewright.tuning.GroupedResult;
import dev.lakewright.tuning.GroupedResult.Winner;
import dev.lakewright.tuning.OutOfFold;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures what a sweep chose of every remedy, against no remedy: out of fold, and on the held-out
 * rows if there are any. Probabilities are calibrated as a training calibrates them; out of fold,
 * calibration and thresholds are chosen on other folds than they are measured on.
 */
public final class Measurement {

  private final LakewrightConfig config;
  private final ThresholdsConfig thresholds;
  private final LabelledRows rows;
  private final List<Figure> figures;
  private final String minority;

  /**
   * @param config without any remedy
   * @param thresholds those of the remedy {@code thresholds}
   */
  public Measurement(LakewrightConfig config, ThresholdsConfig thresholds, LabelledRows rows) {
    this.config = config;
    this.thresholds = thresholds;
    this.rows = rows;
    this.minority = Figures.minority(rows.trainingCounts());
    this.figures =
        Figures.of(
            Metric.byName(config.tune().metric()),
            rows.classes().size(),
            rows.classes().indexOf(minority));
  }

  /**
   * Measures all.
   *
   * @param found per treatment, what the sweep chose; the first is of no remedy
   * @param measured hears the name of each when it is measured
   * @throws DataException when there is nothing to compare with
   */
  public Comparison of(List<Treatment> treatments, GroupedResult found, Consumer<String> measured) {
    Winner none =
        found
            .groups()
            .get(0)
            .winner()
            .orElseThrow(
                () ->
                    new DataException(
                        "there is nothing to compare with, since without a remedy "
                            + found.groups().get(0).failure()));
    PairedBootstrap outOfFold = bootstrap(outOfFold(treatments.get(0), none));
    Optional<PairedBootstrap> test =
        rows.testRows() == 0
            ? Optional.empty()
            : Optional.of(bootstrap(test(treatments.get(0), none)));
    List<Comparison.Measured> remedies = new ArrayList<>();
    for (int i = 0; i < treatments.size(); i++) {
      Treatment treatment = treatments.get(i);
      GroupedResult.Group group = found.groups().get(i);
      remedies.add(
          group
              .winner()
              .map(winner -> measured(treatment, winner, outOfFold, test))
              .orElseGet(() -> failed(treatment, group.failure())));
      measured.accept(treatment.remedy().word());
    }
    return new Comparison(figures, minority, remedies);
  }

  private Comparison.Measured measured(
      Treatment treatment,
      Winner winner,
      PairedBootstrap outOfFold,
      Optional<PairedBootstrap> test) {
    Map<String, Object> parameters = new LinkedHashMap<>(winner.result().trial().parameters());
    parameters.keySet().removeAll(treatment.settings().keySet());
    List<Estimate> held =
        test.map(bootstrap -> bootstrap.measure(test(treatment, winner))).orElse(List.of());
    return new Comparison.Measured(
        treatment,
        parameters,
        outOfFold.measure(outOfFold(treatment, winner)),
        held,
        winner.result().seconds(),
        "");
  }

  private static Comparison.Measured failed(Treatment treatment, String failure) {
    return new Comparison.Measured(treatment, Map.of(), List.of(), List.of(), 0, failure);
  }

  private PairedBootstrap bootstrap(ScoredRows reference) {
    return new PairedBootstrap(
        reference,
        figures,
        config.evaluation().bootstrap(),
        config.evaluation().confidence(),
        config.evaluation().seed());
  }

  private ScoredRows outOfFold(Treatment treatment, Winner winner) {
    return CrossFitting.score(
            rows.classes(), winner.outOfFold(), part -> decision(treatment, winner, part))
        .thinned(config.evaluation().maxRows());
  }

  private Decision decision(Treatment treatment, Winner winner, OutOfFold part) {
    boolean chosen = treatment.remedy() == Remedy.THRESHOLDS;
    return Decision.fit(
        config.calibration(),
        chosen ? thresholds : config.thresholds(),
        rows.classes(),
        part,
        winner.refit().priorShifts());
  }

  /** The held-out rows, scored with what a training would publish. */
  private ScoredRows test(Treatment treatment, Winner winner) {
    Decision decision = decision(treatment, winner, winner.outOfFold());
    Classifier classifier =
        new Classifier(
            rows.classes(),
            winner.refit().featurizer(),
            winner.refit().scorer(rows.classes().size()),
            decision.deployed(),
            decision.thresholds(),
            Map.of(),
            NullNode.getInstance());
    PortableModel model = new PortableModel(ClassifierStorage.write(classifier));
    try (ScoredTable scored = new ScoredTable(rows.test(), model)) {
      return scored.collect(config.evaluation().maxRows());
    }
  }
}
