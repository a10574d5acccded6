package dev.lakewright.jobs;

import dev.lakewright.comparison.Baseline;
import dev.lakewright.comparison.Comparison;
import dev.lakewright.comparison.Grid;
import dev.lakewright.comparison.Measurement;
import dev.lakewright.comparison.Selection;
import dev.lakewright.comparison.Treatment;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.Remedy;
import dev.lakewright.config.ThresholdsConfig;
import dev.lakewright.config.TuneConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.metrics.Metric;
import dev.lakewright.training.ModelAssembly;
import dev.lakewright.tuning.GroupedResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs remedies for rare classes under the same folds and shows which helps; publishes nothing. */
final class CompareImbalanceJob implements Job {

  /** Trials whose scores are kept: all, of any comparison. */
  private static final int KEEP_SCORES = 100_000;

  @Override
  public String name() {
    return "compare-imbalance";
  }

  @Override
  public String summary() {
    return "try remedies for rare classes side by side and report which helps";
  }

  @Override
  public List<String> requires() {
    return List.of("data.table", "data.text|data.numeric|data.categorical", "model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    requirePublishable(context.config());
    requireFoldsThatChooseForEachOther(context.config());
    Baseline baseline = Baseline.of(context.document());
    List<Map<String, Object>> grid =
        Grid.of(context.config().tune().space(), context.config().compare());
    JobContext bare = context.with(exhaustive(baseline.document()));
    TrainingRun run = TrainingRun.prepare(bare);
    Selection selection = Selection.of(context.config(), baseline, run.rows().trainingRows());
    ModelAssembly.check(context.config(), run.rows());
    announce(context, selection, grid);
    GroupedResult found = run.sweep(groups(selection, grid));
    Comparison comparison =
        run.phases().time("compare", () -> measure(context, bare, run, selection, found));
    context.progress().say(ComparisonSummary.table(comparison));
    context.progress().say(comparison.verdict());
    String report =
        run.phases()
            .time("report", () -> ComparisonReports.write(context, run, selection, comparison));
    return new JobResult(name(), "compared", fields(run, selection, found, comparison, report));
  }

  /** Calibration and thresholds of a fold's rows are chosen on all other folds. */
  private static void requireFoldsThatChooseForEachOther(LakewrightConfig config) {
    if (config.tune().by() == TuneConfig.By.TIME) {
      throw new ConfigException(
          "compare-imbalance chooses the thresholds of a fold on all others, but with tune.by: time some of these are later; choose another tune.by, or compare remedies with tune");
    }
  }

  /** The winners are trained on all rows and measured on the test rows, which Spark's are not. */
  private static void requirePublishable(LakewrightConfig config) {
    if (config.learner().type() == LearnerConfig.Type.SPARK) {
      throw new ConfigException(
          "compare-imbalance compares the learners that can be published; learner.type: spark cannot, choose another");
    }
  }

  /** Every point is tried in full, and its scores stay. */
  private static ConfigDocument exhaustive(ConfigDocument document) {
    return document
        .with("tune.sampler", "grid")
        .with("tune.pruner", "none")
        .with("tune.patience", 0)
        .with("tune.keep_scores", KEEP_SCORES)
        .without("tune.warm_start");
  }

  private static void announce(
      JobContext context, Selection selection, List<Map<String, Object>> grid) {
    context
        .progress()
        .say(
            "comparing %s; %d settings of each"
                .formatted(
                    String.join(
                        ", ",
                        selection.treatments().stream().map(one -> one.remedy().word()).toList()),
                    grid.size()));
    selection
        .leftOut()
        .forEach(
            (remedy, reason) ->
                context.progress().say("without %s: %s".formatted(remedy.word(), reason)));
  }

  private static List<List<Map<String, Object>>> groups(
      Selection selection, List<Map<String, Object>> grid) {
    return selection.treatments().stream().map(treatment -> Grid.points(treatment, grid)).toList();
  }

  private static Comparison measure(
      JobContext context,
      JobContext bare,
      TrainingRun run,
      Selection selection,
      GroupedResult found) {
    List<Treatment> treatments = selection.treatments();
    int[] done = {0};
    return new Measurement(bare.config(), thresholds(context), run.rows())
        .of(
            treatments,
            found,
            remedy -> context.progress().step("measure", ++done[0], treatments.size(), remedy));
  }

  /** Those of the configuration; without a goal there, of the metric that decides. */
  private static ThresholdsConfig thresholds(JobContext context) {
    return context.config().thresholds().goal() == ThresholdsConfig.Goal.NONE
        ? context
            .document()
            .with("thresholds.goal", goal(Metric.byName(context.config().tune().metric())))
            .bind(LakewrightConfig.class)
            .thresholds()
        : context.config().thresholds();
  }

  /** The goal that a metric stands for; where labels do not matter to it, that of rare classes. */
  private static String goal(Metric metric) {
    return switch (metric) {
      case BALANCED_ACCURACY, MACRO_RECALL -> "balanced_accuracy";
      case G_MEAN, MCC, ACCURACY -> metric.key();
      case MICRO_F1 -> "accuracy";
      case MACRO_F1,
          WEIGHTED_F1,
          MACRO_PRECISION,
          LOG_LOSS,
          BRIER,
          ROC_AUC,
          PR_AUC,
          CALIBRATION_ERROR ->
          "macro_f1";
    };
  }

  private static Map<String, Object> fields(
      TrainingRun run,
      Selection selection,
      GroupedResult found,
      Comparison comparison,
      String report) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", run.modelName());
    fields.put("data", run.dataFacts());
    fields.putAll(ComparisonSummary.facts(comparison));
    Map<String, Object> leftOut = new LinkedHashMap<>();
    selection.leftOut().forEach((Remedy remedy, String why) -> leftOut.put(remedy.word(), why));
    fields.put("left_out", leftOut);
    fields.put("sweep", run.sweepFacts(found));
    fields.put("report", report);
    fields.put("seconds", run.phases().seconds());
    return fields;
  }
}
