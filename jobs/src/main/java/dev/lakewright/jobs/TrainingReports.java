package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.calibration.Calibration;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.Addresses;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.metrics.Metric;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.report.TrainingFacts;
import dev.lakewright.report.TrainingReport;
import dev.lakewright.training.CalibrationFacts;
import dev.lakewright.training.DecisionFacts;
import dev.lakewright.training.ModelAssembly;
import dev.lakewright.tuning.FoldOutcome;
import dev.lakewright.tuning.SweepResult;
import dev.lakewright.tuning.TrialResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What jobs know, as the facts of a report. */
final class TrainingReports {

  private TrainingReports() {}

  /** The report of a training. */
  static String html(
      JobContext context,
      TrainingRun run,
      SweepResult sweep,
      ModelAssembly assembly,
      TestEvaluation test,
      int number,
      String status,
      List<TrainingFacts.Gate> gates) {
    LakewrightConfig config = context.config();
    return TrainingReport.html(
        new TrainingFacts(
            run.modelName(),
            number,
            status,
            sweep.metric().key(),
            notes(config, assembly, test),
            run.rows().trainingCounts(),
            run.rows().testCounts(),
            Optional.of(sweep(sweep)),
            sweep.refit().get(0).objective(),
            test.evaluation(),
            wrong(test),
            terms(assembly),
            lineage(run, sweep, assembly.calibration()),
            seconds(run.phases()),
            config(context),
            Optional.of(decision(assembly.decisions())),
            gates));
  }

  /** The report of a model that went on learning. */
  static String incremental(
      IncrementalChallenger challenger, int number, String status, List<TrainingFacts.Gate> gates) {
    TableVersion source = challenger.rows().sample().source();
    Map<String, String> lineage = lineage(source, challenger.origin(), challenger.fingerprint());
    return continued(
        challenger.context(),
        challenger.champion(),
        number,
        status,
        challenger.rows().counts().training(),
        challenger.rows().counts().test(),
        challenger.evaluation(),
        lineage,
        challenger.seconds(),
        gates);
  }

  /** Where a model came from that went on from another. */
  private static Map<String, String> lineage(
      TableVersion source, ObjectNode origin, String fingerprint) {
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("table", source.table() + " version " + source.version());
    lineage.put("table id", source.id());
    origin
        .properties()
        .forEach(
            one ->
                lineage.put(
                    one.getKey().replace('_', ' '),
                    one.getValue().isArray()
                        ? one.getValue().toString()
                        : one.getValue().asText()));
    lineage.put("fingerprint", fingerprint);
    lineage.put("code", CodeVersion.current().text());
    return lineage;
  }

  /** The report of a model that learnt from a stream. */
  static String streamed(
      StreamedChallenger challenger, int number, String status, List<TrainingFacts.Gate> gates) {
    Map<String, String> lineage =
        lineage(challenger.source(), challenger.origin(), challenger.fingerprint());
    challenger
        .prequential()
        .forEach((name, value) -> lineage.put("prequential " + name, value.toString()));
    return continued(
        challenger.context(),
        challenger.champion(),
        number,
        status,
        challenger.trainingRows(),
        challenger.testRows(),
        Optional.empty(),
        lineage,
        challenger.seconds(),
        gates);
  }

  /** The report of a model that went on from a champion, which has no sweep of its own. */
  private static String continued(
      JobContext context,
      Champion champion,
      int number,
      String status,
      Map<String, Long> trainingRows,
      Map<String, Long> testRows,
      Optional<Evaluation> evaluation,
      Map<String, String> lineage,
      Map<String, Object> seconds,
      List<TrainingFacts.Gate> gates) {
    return TrainingReport.html(
        new TrainingFacts(
            champion.version().name(),
            number,
            status,
            context.config().tune().metric(),
            List.of(),
            trainingRows,
            testRows,
            Optional.empty(),
            List.of(),
            evaluation,
            List.of(),
            Map.of(),
            lineage,
            doubles(seconds),
            config(context),
            Optional.empty(),
            gates));
  }

  /** The report of an evaluation. */
  static String evaluation(ModelVersion version, TableVersion source, TestEvaluation test) {
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("table", source.table() + " version " + source.version());
    lineage.put("model checksum", version.checksum());
    return TrainingReport.html(
        new TrainingFacts(
            version.name(),
            version.number(),
            "evaluated on " + source.table() + " version " + source.version(),
            Metric.MACRO_F1.key(),
            sampled(test),
            Map.of(),
            Map.of(),
            Optional.empty(),
            List.of(),
            test.evaluation(),
            wrong(test),
            Map.of(),
            lineage,
            Map.of(),
            "",
            Optional.empty(),
            List.of()));
  }

  private static List<String> notes(
      LakewrightConfig config, ModelAssembly assembly, TestEvaluation test) {
    List<String> notes = new ArrayList<>(assembly.notes());
    notes.addAll(sampled(test));
    if (!config.calibration().priors().isEmpty()) {
      notes.add(
          "Probabilities are for the class shares %s (calibration.priors); the test rows have the table's, by which their log loss, Brier score and calibration error are to be judged."
              .formatted(config.calibration().priors()));
    }
    if (test.evaluation().isEmpty()) {
      notes.add("No rows were held out (data.split.test is 0), so there is no test.");
    }
    return notes;
  }

  private static List<String> sampled(TestEvaluation test) {
    return test.scored() < test.rows()
        ? List.of(
            "Measured on a sample of %d of %d rows (evaluation.max_rows)."
                .formatted(test.scored(), test.rows()))
        : List.of();
  }

  private static TrainingFacts.Sweep sweep(SweepResult sweep) {
    return new TrainingFacts.Sweep(
        sweep.metric().key(),
        sweep.metric().higherIsBetter(),
        sweep.trials().stream().map(trial -> trial(trial, sweep.metric())).toList(),
        sweep.best().trial().number(),
        Stream.concat(sweep.importance().alone().stream(), sweep.importance().together().stream())
            .map(
                share ->
                    new TrainingFacts.Importance(share.parameters(), share.mean(), share.spread()))
            .toList());
  }

  private static TrainingFacts.Trial trial(TrialResult result, Metric metric) {
    return new TrainingFacts.Trial(
        result.trial().number(),
        result.trial().parameters(),
        result.mean(metric).orElse(Double.NaN),
        result.folds().stream()
            .filter(FoldOutcome::succeeded)
            .map(fold -> fold.metrics().get(metric.key()))
            .toList(),
        result.seconds(),
        result.state().name().toLowerCase(Locale.ROOT));
  }

  private static List<TrainingFacts.WrongRecord> wrong(TestEvaluation test) {
    return test.mostWrong().stream()
        .map(
            w ->
                new TrainingFacts.WrongRecord(
                    w.id(), w.label(), w.predicted(), w.probabilityOfLabel(), w.values()))
        .toList();
  }

  private static Map<String, List<TrainingFacts.Term>> terms(ModelAssembly assembly) {
    Map<String, List<TrainingFacts.Term>> terms = new LinkedHashMap<>();
    assembly
        .topTerms()
        .forEach(
            (label, weighted) ->
                terms.put(
                    label,
                    weighted.stream()
                        .map(w -> new TrainingFacts.Term(w.term(), w.weight()))
                        .toList()));
    return terms;
  }

  private static Map<String, String> lineage(
      TrainingRun run, SweepResult sweep, CalibrationFacts calibration) {
    LabelledRows rows = run.rows();
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("table", rows.source().table() + " version " + rows.source().version());
    lineage.put("table id", rows.source().id());
    lineage.put(
        "rows",
        "%d, of which %d without a label were left out".formatted(rows.rows(), rows.unlabelled()));
    lineage.put(
        "chosen trial",
        sweep.best().trial().number()
            + ": "
            + SweepSummary.parameters(sweep.best().trial().parameters()));
    lineage.put(
        "calibration",
        String.format(
            Locale.ROOT,
            "%s; out-of-fold log loss %.4f before, %.4f after; calibration error %.4f before, %.4f after",
            method(calibration.calibration()),
            calibration.logLossBefore(),
            calibration.logLossAfter(),
            calibration.errorBefore(),
            calibration.errorAfter()));
    lineage.put("trial table", Addresses.hideLogins(run.trialTable().trialsPath()));
    lineage.put("fingerprint", run.fingerprint());
    lineage.put("code", CodeVersion.current().text());
    lineage.put("libraries", CodeVersion.current().libraries().toString());
    return lineage;
  }

  private static String method(Calibration calibration) {
    return calibration instanceof Calibration.PriorCorrected corrected
        ? method(corrected.of()) + ", corrected for class shares"
        : calibration.toJson().path("method").asText();
  }

  private static TrainingFacts.Decision decision(DecisionFacts decisions) {
    return new TrainingFacts.Decision(
        decisions.goal(),
        decisions.perClass().stream()
            .map(
                one ->
                    new TrainingFacts.DecisionOfClass(
                        one.label(),
                        one.threshold().orElse(Double.NaN),
                        one.precision(),
                        one.recall(),
                        one.f1()))
            .toList());
  }

  private static Map<String, Double> seconds(Phases phases) {
    return doubles(phases.seconds());
  }

  private static Map<String, Double> doubles(Map<String, Object> phases) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    phases.forEach(
        (phase, value) -> {
          if (!phase.equals("total")) {
            seconds.put(phase, (Double) value);
          }
        });
    return seconds;
  }

  private static String config(JobContext context) {
    return new ObjectMapper().valueToTree(TrainJob.recorded(context)).toPrettyString();
  }
}
