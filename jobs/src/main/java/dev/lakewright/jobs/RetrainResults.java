package dev.lakewright.jobs;

import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a retraining answers, and what it says where the champion stays. */
record RetrainResults(
    JobContext context, Registry registry, Champion champion, Changes changes, Phases phases) {

  /** Where the version takes over. */
  JobResult published(ModelVersion version, String status, Map<String, Object> more) {
    return done(version, status, more);
  }

  /** Where the champion stays; it says each time what the champion was to forget. */
  JobResult kept(ModelVersion version, String status, Map<String, Object> more) {
    Optional<String> held = changes.stillHeld();
    if (held.isEmpty()) {
      return done(version, status, more);
    }
    String warning =
        "version %d %s; to be rid of it: lakewright models promote %s %d, or retrain with other gates (retrain.gate)"
            .formatted(champion.version().number(), held.get(), version.name(), version.number());
    context.progress().stands("warning", warning);
    Map<String, Object> fields = new LinkedHashMap<>(more);
    fields.put("warning", warning);
    return done(version, status.equals("unchanged") ? "rejected" : status, fields);
  }

  private JobResult done(ModelVersion version, String status, Map<String, Object> more) {
    Map<String, Object> fields = Publication.fields(registry, version);
    fields.put("champion", champion.version().number());
    if (version.facts().has(Conclusion.RECORD)) {
      fields.put(Conclusion.RECORD, version.facts().path(Conclusion.RECORD));
    }
    fields.putAll(more);
    fields.put("seconds", phases.seconds());
    return new JobResult(RetrainJob.NAME, status, fields);
  }
}
