package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.registry.FaultPoints;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.report.TrainingFacts;
import dev.lakewright.retrain.Course;
import dev.lakewright.retrain.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a retraining ends: its challenger is published and gets the alias that the gates' verdicts
 * give it, or nothing changes.
 *
 * @param now the table as it was learnt from
 * @param fingerprint of all that decides the challenger
 */
record Conclusion(
    JobContext context,
    Registry registry,
    Champion champion,
    TableVersion now,
    Changes changes,
    Succession succession,
    String fingerprint,
    Phases phases) {

  /** What a version's record, and a result, call this. */
  static final String RECORD = "retraining";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Publishes what was judged, and moves its alias. */
  JobResult of(
      Course course, Challenger challenger, Comparisons.Outcome outcome, Map<String, Object> more) {
    outcome.verdicts().forEach(this::say);
    boolean passed = outcome.passed();
    String status = told(passed);
    ModelVersion version =
        phases.time(
            "publish",
            () ->
                Publication.publish(
                    registry,
                    champion.version().name(),
                    challenger,
                    record(course, challenger, outcome),
                    status,
                    gates(outcome)));
    FaultPoints.reach("retrain.before-promote");
    succession.conclude(version, passed);
    Publication.copyReport(context, registry, version);
    context.progress().say("%s: %s version %d".formatted(status, version.name(), version.number()));
    return result(version, passed, more);
  }

  private void say(Verdict verdict) {
    context
        .progress()
        .say(
            "%s %s: %s"
                .formatted(
                    verdict.gate(), verdict.passed() ? "passed" : "failed", verdict.explanation()));
  }

  private String told(boolean passed) {
    return succession.takesOver(passed)
        ? succession.told(true)
        : succession.told(passed) + changes.stillHeld().map(", which "::concat).orElse("");
  }

  private ObjectNode record(Course course, Challenger challenger, Comparisons.Outcome outcome) {
    ObjectNode facts = challenger.facts();
    facts.put("parent", champion.version().number());
    ObjectNode record = facts.putObject(RECORD);
    record.put("fingerprint", fingerprint);
    record.put("accepted", outcome.passed());
    record.put("mode", course.mode());
    record.put("reason", course.reason());
    record.put("champion", champion.version().number());
    record.set(
        "gates", JSON.valueToTree(outcome.verdicts().stream().map(Verdict::toFields).toList()));
    return facts;
  }

  private static List<TrainingFacts.Gate> gates(Comparisons.Outcome outcome) {
    return outcome.verdicts().stream()
        .map(
            verdict ->
                new TrainingFacts.Gate(
                    verdict.gate(), verdict.rows(), verdict.passed(), verdict.explanation()))
        .toList();
  }

  /** That of an earlier run of the same command, which may have been cut short; empty without. */
  Optional<JobResult> ofEarlierRun() {
    ModelVersion latest = registry.resolve(champion.version().name(), "latest");
    return latest.facts().path(RECORD).path("fingerprint").asText().equals(fingerprint)
        ? Optional.of(resumed(latest))
        : Optional.empty();
  }

  private JobResult resumed(ModelVersion version) {
    boolean accepted = version.facts().path(RECORD).path("accepted").asBoolean();
    if (succession.isOpen(version, accepted)) {
      succession.conclude(version, accepted);
      Publication.copyReport(context, registry, version);
      return result(version, accepted, Map.of());
    }
    return unchanged(
        version,
        "version %d has learnt the same rows, and version %d was %s"
            .formatted(
                version.number(),
                champion.version().number(),
                succession.hasServed(version)
                    ? "promoted in its place since"
                    : "kept in its place"));
  }

  private JobResult result(ModelVersion version, boolean passed, Map<String, Object> more) {
    String status = succession.status(passed);
    return succession.takesOver(passed)
        ? results().published(version, status, more)
        : results().kept(version, status, more);
  }

  /** Where the champion has learnt all there is to learn. */
  JobResult unchanged(String why) {
    return unchanged(champion.version(), why);
  }

  private JobResult unchanged(ModelVersion version, String why) {
    context.progress().stands("unchanged", "unchanged: " + why);
    Publication.copyReport(context, registry, version);
    Map<String, Object> data = Map.of("table", now.table(), "version", now.version());
    return results().kept(version, "unchanged", Map.of("data", data));
  }

  private RetrainResults results() {
    return new RetrainResults(context, registry, champion, changes, phases);
  }
}
