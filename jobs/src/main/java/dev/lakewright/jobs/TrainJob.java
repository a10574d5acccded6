package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SearchDimension;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.training.DecisionFacts;
import dev.lakewright.training.ModelAssembly;
import dev.lakewright.training.Provenance;
import dev.lakewright.tuning.SweepResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sweeps, refits, calibrates, evaluates, publishes a version and points the alias to it. */
final class TrainJob implements Job {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String REPORT = "report.html";

  /** Sections of the configuration that decide a model: those its record shows. */
  private static final List<String> RECORDED =
      List.of(
          "data",
          "features",
          "sampling",
          "learner",
          "ensemble",
          "tune",
          "calibration",
          "thresholds",
          "evaluation",
          "model");

  @Override
  public String name() {
    return "train";
  }

  @Override
  public String summary() {
    return "sweep, refit, calibrate, evaluate and publish a model version";
  }

  @Override
  public List<String> requires() {
    return List.of("data.table", "data.text|data.numeric|data.categorical", "model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    Registry registry = Registries.open(context.config());
    requirePortable(context.config());
    TrainingRun run = TrainingRun.prepare(context);
    Optional<ModelVersion> champion = champion(context, registry, run.modelName());
    if (champion.isPresent()
        && champion.get().facts().path("fingerprint").asText().equals(run.fingerprint())) {
      return unchanged(context, registry, champion.get(), run);
    }
    return train(context, registry, run, champion);
  }

  /** What is published scores anywhere, which estimators of Spark do not. */
  private static void requirePortable(LakewrightConfig config) {
    boolean searched =
        config
                    .tune()
                    .space()
                    .getOrDefault("learner.type", new SearchDimension.Choice(List.of("")))
                    .unconditional()
                instanceof SearchDimension.Choice types
            && types.values().stream().anyMatch(type -> type.toString().equalsIgnoreCase("spark"));
    if (searched || config.learner().type() == LearnerConfig.Type.SPARK) {
      throw new ConfigException(
          "learner.type: spark can be compared with the tune job, but not published, since its models score on Spark only; choose one of the other types");
    }
  }

  private static Optional<ModelVersion> champion(
      JobContext context, Registry registry, String model) {
    return registry
        .alias(model, context.config().model().alias())
        .map(AliasMove::version)
        .map(number -> registry.version(model, number));
  }

  private JobResult unchanged(
      JobContext context, Registry registry, ModelVersion champion, TrainingRun run) {
    context
        .progress()
        .say(
            "unchanged: %s version %d was trained on version %d of %s with these settings and this code"
                .formatted(
                    champion.name(),
                    champion.number(),
                    run.source().version(),
                    run.source().table()));
    copyReport(context, registry.read(champion, REPORT));
    Map<String, Object> fields = publishedFields(registry, champion);
    fields.put("data", run.dataFacts());
    fields.put("seconds", run.phases().seconds());
    return new JobResult(name(), "unchanged", fields);
  }

  private JobResult train(
      JobContext context, Registry registry, TrainingRun run, Optional<ModelVersion> champion) {
    ModelAssembly.check(context.config(), run.rows());
    SweepResult sweep = run.sweep(true);
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
    Map<String, byte[]> model = modelFiles(context, run, sweep, assembly, test);
    ObjectNode facts = facts(run, sweep, assembly, test, champion);
    ModelVersion published =
        run.phases()
            .time(
                "publish",
                () ->
                    registry.publish(
                        run.modelName(),
                        number -> withReport(model, context, run, sweep, assembly, test, number),
                        facts));
    registry.promote(
        run.modelName(), context.config().model().alias(), published.number(), "trained");
    copyReport(context, registry.read(published, REPORT));
    context
        .progress()
        .say("published %s version %d".formatted(published.name(), published.number()));
    Map<String, Object> fields = publishedFields(registry, published);
    fields.put("data", run.dataFacts());
    fields.put("sweep", run.sweepFacts(sweep));
    fields.put("seconds", run.phases().seconds());
    return new JobResult(name(), "published", fields);
  }

  private static Map<String, byte[]> modelFiles(
      JobContext context,
      TrainingRun run,
      SweepResult sweep,
      ModelAssembly assembly,
      TestEvaluation test) {
    CodeVersion code = CodeVersion.current();
    ObjectNode provenance =
        Provenance.of(
            run.rows(),
            recorded(context),
            code.text(),
            code.libraries(),
            sweep,
            run.fingerprint(),
            test.evaluation());
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

  private static Map<String, byte[]> withReport(
      Map<String, byte[]> model,
      JobContext context,
      TrainingRun run,
      SweepResult sweep,
      ModelAssembly assembly,
      TestEvaluation test,
      int number) {
    Map<String, byte[]> files = new LinkedHashMap<>(model);
    String html = TrainingReports.html(context, run, sweep, assembly, test, number);
    files.put(REPORT, html.getBytes(StandardCharsets.UTF_8));
    return files;
  }

  /** The settings that decide a model; others may differ from place to place. */
  static Map<String, Object> recorded(JobContext context) {
    Map<String, Object> recorded = new LinkedHashMap<>(context.document().recorded());
    recorded.keySet().retainAll(RECORDED);
    return recorded;
  }

  /** What the manifest tells beside the files; unlike these it may tell time and place. */
  private static ObjectNode facts(
      TrainingRun run,
      SweepResult sweep,
      ModelAssembly assembly,
      TestEvaluation test,
      Optional<ModelVersion> champion) {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("fingerprint", run.fingerprint());
    facts.set("data", JSON.valueToTree(run.dataFacts()));
    facts.set("sweep", JSON.valueToTree(run.sweepFacts(sweep)));
    facts.set("thresholds", thresholds(assembly.decisions()));
    test.evaluation().ifPresent(evaluation -> facts.set("test", evaluation.summary()));
    facts.set("seconds", JSON.valueToTree(run.phases().seconds()));
    facts.put("java", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    champion.ifPresent(parent -> facts.put("parent", parent.number()));
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

  private static Map<String, Object> publishedFields(Registry registry, ModelVersion version) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", version.name());
    fields.put("version", version.number());
    fields.put("checksum", version.checksum());
    fields.put("path", registry.root() + "/" + version.path("").replaceAll("/$", ""));
    fields.put("report", registry.root() + "/" + version.path(REPORT));
    if (version.facts().has("thresholds")) {
      fields.put("thresholds", version.facts().path("thresholds"));
    }
    JsonNode test = version.facts().path("test");
    if (test.isObject()) {
      Map<String, Object> metrics = new LinkedHashMap<>();
      test.path("metrics").properties().forEach(e -> metrics.put(e.getKey(), e.getValue()));
      metrics.put("per_class", test.path("per_class"));
      fields.put("metrics", metrics);
      fields.put("intervals", test.path("intervals"));
    }
    return fields;
  }

  private static void copyReport(JobContext context, byte[] html) {
    context
        .config()
        .report()
        .path()
        .ifPresent(
            path -> {
              try {
                Path file = Path.of(path).toAbsolutePath();
                Files.createDirectories(file.getParent());
                Files.write(file, html);
              } catch (IOException e) {
                throw new ConfigException(
                    "report.path %s cannot be written (%s)".formatted(path, e.getMessage()));
              }
            });
  }
}
