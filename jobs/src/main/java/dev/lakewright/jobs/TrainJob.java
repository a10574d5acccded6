package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SearchDimension;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.registry.AliasMove;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.tuning.RefitCheckpoints;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sweeps, refits, calibrates, evaluates, publishes a version and points the alias to it. */
final class TrainJob implements Job {

  /** Sections of the configuration that decide a model: those its record shows. */
  static final List<String> RECORDED =
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
  static void requirePortable(LakewrightConfig config) {
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
    Publication.copyReport(context, registry, champion);
    Map<String, Object> fields = Publication.fields(registry, champion);
    fields.put("data", run.dataFacts());
    fields.put("seconds", run.phases().seconds());
    return new JobResult(name(), "unchanged", fields);
  }

  private JobResult train(
      JobContext context, Registry registry, TrainingRun run, Optional<ModelVersion> champion) {
    RefitCheckpoints checkpoints = run.checkpoints("");
    FullTraining training = FullTraining.run(context, run, Optional.empty(), checkpoints);
    ObjectNode facts = training.facts();
    champion.ifPresent(parent -> facts.put("parent", parent.number()));
    String status = "published as " + context.config().model().alias();
    ModelVersion published =
        run.phases()
            .time(
                "publish",
                () ->
                    Publication.publish(
                        registry, run.modelName(), training, facts, status, List.of()));
    registry.promote(
        run.modelName(), context.config().model().alias(), published.number(), "trained");
    checkpoints.remove();
    Publication.copyReport(context, registry, published);
    context
        .progress()
        .say("published %s version %d".formatted(published.name(), published.number()));
    Map<String, Object> fields = Publication.fields(registry, published);
    fields.put("data", run.dataFacts());
    fields.put("sweep", training.sweepFacts());
    fields.put("seconds", run.phases().seconds());
    return new JobResult(name(), "published", fields);
  }

  /** The settings that decide a model; others may differ from place to place. */
  static Map<String, Object> recorded(JobContext context) {
    Map<String, Object> recorded = new LinkedHashMap<>(context.document().recorded());
    recorded.keySet().retainAll(RECORDED);
    return recorded;
  }
}
