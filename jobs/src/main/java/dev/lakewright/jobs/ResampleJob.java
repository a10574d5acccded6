package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.resampling.Resampling;
import dev.lakewright.training.Fingerprint;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Writes a resampled copy of the labelled table. */
final class ResampleJob implements Job {

  @Override
  public String name() {
    return "resample";
  }

  @Override
  public String summary() {
    return "write a resampled copy of the labelled table (sampling.method) to a Delta table";
  }

  @Override
  public List<String> requires() {
    return List.of("data.table", "sampling.method", "resample.output");
  }

  @Override
  public JobResult run(JobContext context) {
    Phases phases = new Phases();
    LakewrightConfig config = context.config();
    Resampling.requireApplicable(config);
    SparkSession spark = phases.time("spark", context.spark());
    String code = CodeVersion.current().number();
    Resampling.Outcome outcome =
        phases.time(
            "resample",
            () ->
                new Resampling(spark, config, context.progress()::say)
                    .run(source -> Fingerprint.ofResampling(source, config, code)));
    tell(context.progress(), outcome);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", outcome.table().table());
    fields.put("version", outcome.table().version());
    fields.put("source", outcome.source().table());
    fields.put("source_version", outcome.source().version());
    fields.put("method", config.sampling().method().word());
    fields.put("before", outcome.before());
    fields.put("after", outcome.after());
    fields.put("origins", outcome.origins());
    fields.put("unlabelled", outcome.unlabelled());
    fields.put("seconds", phases.seconds());
    return new JobResult(name(), outcome.written() ? "resampled" : "unchanged", fields);
  }

  private static void tell(Progress progress, Resampling.Outcome outcome) {
    if (!outcome.written()) {
      progress.say(
          "unchanged: %s holds these rows of %s version %d already"
              .formatted(
                  outcome.table().table(), outcome.source().table(), outcome.source().version()));
      return;
    }
    progress.say("rows per class before: " + outcome.before());
    progress.say("rows per class after: " + outcome.after());
    progress.say(
        "%s version %d: %s"
            .formatted(outcome.table().table(), outcome.table().version(), outcome.origins()));
    if (outcome.unlabelled() > 0) {
      progress.say(outcome.unlabelled() + " rows without a class are left out");
    }
  }
}
