package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.report.TrainingFacts;
import dev.lakewright.training.DecisionFacts;
import dev.lakewright.training.ModelAssembly;
import dev.lakewright.training.Provenance;
import dev.lakewright.tuning.RefitCheckpoints;
import dev.lakewright.tuning.SweepResult;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model trained on all training rows: sweep, refit, calibration and thresholds, test. */
final class FullTraining implements Challenger {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final JobContext context;
  private final TrainingRun run;
  private final SweepResult sweep;
  private final ModelAssembly assembly;
  private final TestEvaluation test;
  private final Optional<ObjectNode> retraining;

  private FullTraining(
      JobContext context,
      TrainingRun run,
      SweepResult sweep,
      ModelAssembly assembly,
      TestEvaluation test,
      Optional<ObjectNode> retraining) {
    this.context = context;
    this.run = run;
    this.sweep = sweep;
    this.assembly = assembly;
    this.test = test;
    this.retraining = retraining;
  }

  /**
   * Trains.
   *
   * @param start an earlier model whose weights the training sets out from
   * @param checkpoints to be removed once the model is published
   */
  static FullTraining run(
      JobContext context,
      TrainingRun run,
      Optional<Classifier> start,
      RefitCheckpoints checkpoints) {
    ModelAssembly.check(context.config(), run.rows());
    return run.train(start, checkpoints, sweep -> concluded(context, run, sweep));
  }

  private static FullTraining concluded(JobContext context, TrainingRun run, SweepResult sweep) {
    context.progress().say(SweepSummary.table(sweep));
    ModelAssembly assembly =
        run.phases()
            .time(
                "calibrate",
                () ->
                    ModelAssembly.of(
                        context.config(), run.rows(), sweep.refit().get(0), sweep.outOfFold()));
    assembly.notes().forEach(context.progress()::say);
    TestEvaluation test =
        run.phases().time("evaluate", () -> TestEvaluation.of(context, run.rows(), assembly));
    return new FullTraining(context, run, sweep, assembly, test, Optional.empty());
  }

  /** The same with a record of what it was retrained from. */
  FullTraining recording(ObjectNode origin) {
    return new FullTraining(context, run, sweep, assembly, test, Optional.of(origin));
  }

  Map<String, Object> sweepFacts() {
    return run.sweepFacts(sweep);
  }

  @Override
  public Map<String, byte[]> files() {
    CodeVersion code = CodeVersion.current();
    ObjectNode provenance =
        Provenance.of(
            run.rows(),
            TrainJob.recorded(context),
            code.text(),
            code.libraries(),
            sweep,
            run.fingerprint(),
            test.evaluation());
    retraining.ifPresent(origin -> provenance.set("retraining", origin));
    Map<String, byte[]> files =
        new LinkedHashMap<>(ClassifierStorage.write(assembly.withProvenance(provenance)));
    test.evaluation()
        .ifPresent(
            evaluation ->
                files.put(
                    "metrics.json",
                    evaluation.toJson().toPrettyString().getBytes(StandardCharsets.UTF_8)));
    return files;
  }

  @Override
  public String report(int number, String status, List<TrainingFacts.Gate> gates) {
    return TrainingReports.html(context, run, sweep, assembly, test, number, status, gates);
  }

  @Override
  public ObjectNode facts() {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("fingerprint", run.fingerprint());
    facts.set("data", JSON.valueToTree(run.dataFacts()));
    facts.set("sweep", JSON.valueToTree(run.sweepFacts(sweep)));
    facts.set("thresholds", thresholds(assembly.decisions()));
    test.evaluation().ifPresent(evaluation -> facts.set("test", evaluation.summary()));
    facts.set("seconds", JSON.valueToTree(run.phases().seconds()));
    facts.put("java", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return facts;
  }

  private static ObjectNode thresholds(DecisionFacts decisions) {
    ObjectNode json = JSON.createObjectNode().put("goal", decisions.goal());
    ObjectNode perClass = json.putObject("out_of_fold");
    for (DecisionFacts.OfClass one : decisions.perClass()) {
      ObjectNode node = perClass.putObject(one.label());
      one.threshold().ifPresent(threshold -> node.put("threshold", threshold));
      node.put("precision", one.precision()).put("recall", one.recall()).put("f1", one.f1());
    }
    return json;
  }
}
