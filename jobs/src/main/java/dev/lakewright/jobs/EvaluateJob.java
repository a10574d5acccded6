package dev.lakewright.jobs;

import dev.lakewright.config.DataConfig;
import dev.lakewright.config.EvaluationConfig;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.DataException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.LabelledRowsReader;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.model.RecordSchema;
import dev.lakewright.registry.LoadedVersion;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.scoring.PortableModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Measures a published version on labelled rows. */
final class EvaluateJob implements Job {

  @Override
  public String name() {
    return "evaluate";
  }

  @Override
  public String summary() {
    return "measure a published version on labelled rows";
  }

  @Override
  public List<String> requires() {
    return List.of("data.table", "model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    Phases phases = new Phases();
    LakewrightConfig config = context.config();
    Registry registry = Registries.open(config);
    LoadedVersion loaded =
        registry.load(
            config.model().name().orElseThrow(),
            config.evaluation().model(),
            ClassifierStorage.FILES);
    ModelVersion version = loaded.version();
    PortableModel model = new PortableModel(loaded.files());
    DataConfig data = withColumns(config.data(), model.classifier().schema());

    phases.time("spark", context.spark());
    TableVersion source =
        new DeltaSource(context.spark().get()).resolve(data.table().orElseThrow(), data.version());
    Dataset<Row> rows =
        phases.time(
            "read",
            () -> {
              LabelledRowsReader reader = new LabelledRowsReader(context.spark().get(), data);
              return config.evaluation().rows() == EvaluationConfig.Rows.ALL
                  ? reader.all(source)
                  : reader.heldOut(source);
            });
    TestEvaluation test =
        phases.time("evaluate", () -> TestEvaluation.of(config.evaluation(), rows, model));
    Evaluation evaluation =
        test.evaluation()
            .orElseThrow(
                () ->
                    new DataException(
                        "table %s version %d has no labelled rows to evaluate on; set evaluation.rows: all or change data.split"
                            .formatted(source.table(), source.version())));
    report(context, version, source, test);
    context.progress().say(EvaluationSummary.table(evaluation));
    return new JobResult(name(), "evaluated", fields(version, source, evaluation, phases));
  }

  /** The model knows its columns; settings name them only to add label, weight and id. */
  private static DataConfig withColumns(DataConfig data, RecordSchema schema) {
    return new DataConfig(
        data.table(),
        data.version(),
        data.label(),
        schema.text(),
        schema.numeric(),
        schema.categorical(),
        data.weight(),
        data.id(),
        data.split());
  }

  private static void report(
      JobContext context, ModelVersion version, TableVersion source, TestEvaluation test) {
    context
        .config()
        .report()
        .path()
        .ifPresent(
            path -> {
              try {
                Path file = Path.of(path).toAbsolutePath();
                Files.createDirectories(file.getParent());
                Files.writeString(file, TrainingReports.evaluation(version, source, test));
              } catch (IOException e) {
                throw new ConfigException(
                    "report.path %s cannot be written (%s)".formatted(path, e.getMessage()));
              }
            });
  }

  private static Map<String, Object> fields(
      ModelVersion version, TableVersion source, Evaluation evaluation, Phases phases) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", version.name());
    fields.put("version", version.number());
    fields.put("data", Map.of("table", source.table(), "version", source.version()));
    evaluation.summary().properties().forEach(e -> fields.put(e.getKey(), e.getValue()));
    fields.put("seconds", phases.seconds());
    return fields;
  }
}
