package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.comparison.Comparison;
import dev.lakewright.comparison.Selection;
import dev.lakewright.config.CalibrationConfig;
import dev.lakewright.config.EvaluationConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.Addresses;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.report.ComparisonFacts;
import dev.lakewright.report.ComparisonReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a comparison knows, as a report. */
final class ComparisonReports {

  private static final String FILE = "comparison.html";

  private ComparisonReports() {}

  /** Writes the report beside the trials, and to {@code report.path}; returns where it is. */
  static String write(
      JobContext context, TrainingRun run, Selection selection, Comparison comparison) {
    String html = ComparisonReport.html(facts(context, run, selection, comparison));
    String folder = run.trialTable().folder();
    Registries.store(context.config(), folder).write(FILE, html.getBytes(StandardCharsets.UTF_8));
    context.config().report().path().ifPresent(path -> copy(path, html));
    return context.config().report().path().orElse(folder + "/" + FILE);
  }

  private static void copy(String path, String html) {
    try {
      Path file = Path.of(path).toAbsolutePath();
      Files.createDirectories(file.getParent());
      Files.writeString(file, html);
    } catch (IOException e) {
      throw new ConfigException(
          "report.path %s cannot be written (%s)".formatted(path, e.getMessage()));
    }
  }

  private static ComparisonFacts facts(
      JobContext context, TrainingRun run, Selection selection, Comparison comparison) {
    LabelledRows rows = run.rows();
    Map<String, String> leftOut = new LinkedHashMap<>();
    selection.leftOut().forEach((remedy, reason) -> leftOut.put(remedy.word(), reason));
    return new ComparisonFacts(
        run.modelName(),
        comparison.verdict(),
        comparison.figures(),
        comparison.minority(),
        comparison.remedies().stream().map(ComparisonReports::remedy).toList(),
        comparison.best().name(),
        rows.trainingCounts(),
        rows.testCounts(),
        notes(context.config(), rows, comparison),
        leftOut,
        lineage(run, rows),
        config(context));
  }

  private static String config(JobContext context) {
    Map<String, Object> recorded = TrainJob.recorded(context);
    recorded.put("compare", context.document().recorded().get("compare"));
    return new ObjectMapper().valueToTree(recorded).toPrettyString();
  }

  private static ComparisonFacts.OfRemedy remedy(Comparison.Measured one) {
    Map<String, Object> settings = new LinkedHashMap<>(one.treatment().settings());
    settings.putAll(one.parameters());
    return new ComparisonFacts.OfRemedy(
        one.name(),
        SweepSummary.parameters(settings),
        one.outOfFold(),
        one.test(),
        one.seconds(),
        one.failure());
  }

  private static List<String> notes(
      LakewrightConfig config, LabelledRows rows, Comparison comparison) {
    EvaluationConfig evaluation = config.evaluation();
    List<String> notes = new ArrayList<>();
    notes.add(
        "Every remedy was trained on the same %d folds; it made or removed training rows only. Of its settings the one with the best mean %s over folds stands for it. Its figures are those of all training rows together, each scored by a model that had not seen it."
            .formatted(config.tune().folds(), comparison.main().key()));
    notes.add(
        config.calibration().method() == CalibrationConfig.Method.NONE
            ? "Probabilities are the softmax of the scores, since calibration.method is none."
            : "Log loss, Brier score and calibration error are of calibrated probabilities, as train would publish them (calibration.method: %s). Calibration, and thresholds where the remedy is to choose them, were fitted on the other folds than those they are measured on."
                .formatted(config.calibration().method().name().toLowerCase(Locale.ROOT)));
    notes.add(
        "Intervals are of %d bootstrap draws of the rows, at a confidence of %s %%. Differences are to no remedy over the same draws; a star marks those whose interval does not hold zero. Intervals speak of each remedy alone: of %d compared, the luckiest looks better than it is, which the choice among settings adds to. %s"
            .formatted(
                evaluation.bootstrap(),
                String.format(Locale.ROOT, "%.4g", 100 * evaluation.confidence()),
                comparison.remedies().size() - 1,
                rows.testRows() == 0
                    ? "No rows were held out (data.split.test is 0) to tell."
                    : "The held-out rows took no part in any choice."));
    if (rows.trainingRows() > evaluation.maxRows()) {
      notes.add(
          "Measured on a sample of %d of %d rows (evaluation.max_rows)."
              .formatted(evaluation.maxRows(), rows.trainingRows()));
    }
    return notes;
  }

  private static Map<String, String> lineage(TrainingRun run, LabelledRows rows) {
    Map<String, String> lineage = new LinkedHashMap<>();
    lineage.put("table", rows.source().table() + " version " + rows.source().version());
    lineage.put("table id", rows.source().id());
    lineage.put("trial table", Addresses.hideLogins(run.trialTable().trialsPath()));
    lineage.put("code", CodeVersion.current().text());
    return lineage;
  }
}
