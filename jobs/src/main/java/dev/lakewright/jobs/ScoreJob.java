package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.ScoreConfig;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.LoadedVersion;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.registry.StaleShadow;
import dev.lakewright.scoring.PortableModel;
import dev.lakewright.scoring.ScoringTable;
import dev.lakewright.scoring.Shadow;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Scores rows with a published version into a Delta table. */
final class ScoreJob implements Job {

  @Override
  public String name() {
    return "score";
  }

  @Override
  public String summary() {
    return "score rows with a published version into a Delta table";
  }

  @Override
  public List<String> requires() {
    return List.of("score.input", "score.output", "model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    Phases phases = new Phases();
    LakewrightConfig config = context.config();
    Registry registry = Registries.open(config);
    LoadedVersion loaded =
        registry.load(
            config.model().name().orElseThrow(), config.score().model(), ClassifierStorage.FILES);
    ModelVersion version = loaded.version();
    PortableModel model = new PortableModel(loaded.files());
    SparkSession spark = phases.time("spark", context.spark());
    Input input = phases.time("read", () -> input(spark, config));
    Optional<Shadow> shadow =
        config.score().shadow().map(alias -> shadow(context, registry, alias, input.rows()));
    shadow
        .flatMap(Shadow::version)
        .flatMap(
            number ->
                StaleShadow.told(
                    version.name(),
                    config.score().shadow().orElseThrow(),
                    number,
                    version.number()))
        .ifPresent(context.progress()::say);
    ScoringTable scoring =
        new ScoringTable(
            model, version.name(), version.number(), keep(config, input.rows()), shadow);
    String output = config.score().output().orElseThrow();
    long written =
        phases.time("score", () -> scoring.append(input.rows(), output, input.identity()));
    context
        .progress()
        .say(
            written == 0
                ? "unchanged: these rows are in %s already, scored by %s version %d"
                    .formatted(output, version.name(), version.number())
                : "scored %d rows with %s version %d into %s"
                    .formatted(written, version.name(), version.number(), output));
    scoring.shadowFailures().stream()
        .findFirst()
        .ifPresent(
            reason ->
                warn(
                    context,
                    config.score().shadow().orElseThrow(),
                    "failed on some rows, whose shadow columns are null (%s)".formatted(reason)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", version.name());
    fields.put("version", version.number());
    fields.put("rows", written);
    fields.put("output", output);
    shadow.flatMap(Shadow::version).ifPresent(number -> fields.put("shadow_version", number));
    fields.put("seconds", phases.seconds());
    return new JobResult(name(), written == 0 ? "unchanged" : "scored", fields);
  }

  /** The version that scores beside; whatever is wrong with it is a warning. */
  private static Shadow shadow(
      JobContext context, Registry registry, String reference, Dataset<Row> rows) {
    try {
      LoadedVersion loaded =
          registry.load(
              context.config().model().name().orElseThrow(), reference, ClassifierStorage.FILES);
      PortableModel model = new PortableModel(loaded.files());
      ScoringTable.requireReadable(rows, model.classifier().schema());
      return Shadow.of(loaded.version().number(), model);
    } catch (Exception e) { // Spark throws checked exceptions that it does not declare
      warn(context, reference, "cannot be used, its columns are null: " + e.getMessage());
      return Shadow.unusable();
    }
  }

  private static void warn(JobContext context, String reference, String what) {
    context
        .progress()
        .say("warning: score.shadow %s %s".formatted(reference, what.replace('\n', ' ')));
  }

  /**
   * @param identity equal for equal rows; empty when rows may differ from run to run
   */
  private record Input(Dataset<Row> rows, String identity) {}

  private static Input input(SparkSession spark, LakewrightConfig config) {
    String path = config.score().input().orElseThrow();
    return switch (config.score().format()) {
      case DELTA -> {
        DeltaSource source = new DeltaSource(spark);
        TableVersion version = source.resolve(path, "latest");
        yield new Input(source.read(version), version.id() + "@" + version.version());
      }
      case PARQUET -> new Input(files(spark, path, "parquet"), "");
      case JSONL -> new Input(files(spark, path, "json"), "");
    };
  }

  private static Dataset<Row> files(SparkSession spark, String path, String format) {
    try {
      return spark.read().format(format).option("primitivesAsString", "false").load(path);
    } catch (RuntimeException e) {
      throw new DataException(
          "score.input %s cannot be read as %s; name files that exist and set score.format"
              .formatted(path, format),
          e);
    }
  }

  private static List<String> keep(LakewrightConfig config, Dataset<Row> rows) {
    ScoreConfig score = config.score();
    if (!score.keep().isEmpty()) {
      return score.keep();
    }
    return config.data().id().map(List::of).orElseGet(() -> List.of(rows.columns()));
  }
}
