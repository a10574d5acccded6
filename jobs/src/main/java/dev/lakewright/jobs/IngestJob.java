package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.ingest.Ingestion;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** Reads files into the labelled table. */
final class IngestJob implements Job {

  @Override
  public String name() {
    return "ingest";
  }

  @Override
  public String summary() {
    return "read files (csv, jsonl, parquet, text-folders, mail-folders) into a Delta table";
  }

  @Override
  public List<String> requires() {
    return List.of("ingest.input", "data.table");
  }

  @Override
  public JobResult run(JobContext context) {
    Phases phases = new Phases();
    LakewrightConfig config = context.config();
    SparkSession spark = phases.time("spark", context.spark());
    Ingestion.Outcome outcome =
        phases.time("ingest", () -> new Ingestion(spark, config.ingest(), config.data()).run());
    tell(context.progress(), outcome);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("table", config.data().table().orElseThrow());
    fields.put("version", outcome.version().version());
    fields.put("files", outcome.files());
    fields.put("records", outcome.records());
    fields.put("labels", outcome.labels());
    fields.put("unlabelled", outcome.unlabelled());
    fields.put("quarantined", outcome.quarantined());
    fields.put("quarantine_table", outcome.quarantineTable());
    fields.put("duplicate_ids", outcome.duplicateIds());
    fields.put("seconds", phases.seconds());
    return new JobResult(name(), outcome.files() == 0 ? "unchanged" : "ingested", fields);
  }

  private static void tell(Progress progress, Ingestion.Outcome outcome) {
    if (outcome.files() == 0) {
      progress.say("unchanged: every file is in " + outcome.version().table() + " already");
      return;
    }
    progress.say(
        "%s version %d: %d new records of %s from %d files"
            .formatted(
                outcome.version().table(),
                outcome.version().version(),
                outcome.records(),
                outcome.labels(),
                outcome.files()));
    outcome
        .quarantined()
        .forEach(
            (reason, count) ->
                progress.say(
                    "%d records set apart in %s: %s"
                        .formatted(count, outcome.quarantineTable(), reason)));
    if (outcome.duplicateIds() > 0) {
      progress.say(
          outcome.duplicateIds()
              + " ids stand in several records; training refuses a table whose ids are not unique");
    }
  }
}
