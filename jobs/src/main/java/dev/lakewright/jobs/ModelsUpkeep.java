package dev.lakewright.jobs;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.registry.Retention;
import dev.lakewright.registry.RetentionPlan;
import dev.lakewright.registry.RetentionResult;
import dev.lakewright.registry.VersionCopy;
import dev.lakewright.tuning.RefitCheckpoints;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code models} does for a registry's health: checks, removes what is old, copies. */
final class ModelsUpkeep {

  private final Progress progress;
  private final Registry registry;

  ModelsUpkeep(Progress progress, Registry registry) {
    this.progress = progress;
    this.registry = registry;
  }

  JobResult verify(String model, List<Integer> numbers) {
    List<String> findings = new ArrayList<>();
    numbers.forEach(number -> findings.addAll(registry.verify(model, number)));
    refuse(findings);
    progress.say("%s: every file of versions %s is as published".formatted(model, numbers));
    return ModelsJob.result("verified", "versions", numbers);
  }

  /** Every file of every version of every model, and that aliases lead to a version. */
  JobResult verifyAll() {
    List<String> findings = new ArrayList<>();
    Map<String, Object> verified = new LinkedHashMap<>();
    for (String model : registry.names()) {
      List<Integer> numbers = registry.versions(model);
      numbers.forEach(number -> findings.addAll(registry.verify(model, number)));
      registry
          .aliases(model)
          .forEach(
              (alias, number) -> {
                if (!numbers.contains(number)) {
                  findings.addAll(registry.verify(model, number));
                }
              });
      verified.put(model, numbers);
    }
    refuse(findings);
    progress.say(
        "every file of %d versions of %d models is as published"
            .formatted(
                verified.keySet().stream().mapToInt(m -> registry.versions(m).size()).sum(),
                verified.size()));
    return ModelsJob.result("verified", "models", verified);
  }

  private static void refuse(List<String> findings) {
    if (!findings.isEmpty()) {
      throw new StorageException(String.join("\n", findings));
    }
  }

  /** Removes old versions, of one model or of all, and checkpoints that nobody goes on from. */
  JobResult gc(
      List<String> models,
      int keep,
      boolean keepAliased,
      boolean dryRun,
      AbandonedCheckpoints checkpoints) {
    Retention retention = registry.retention();
    List<RetentionPlan> plans = models.stream().map(m -> retention.plan(m, keep)).toList();
    if (!keepAliased) {
      plans.forEach(plan -> refuseAliased(plan, keep));
    }
    List<Map<String, Object>> results = new ArrayList<>();
    TextTable table =
        new TextTable(
            "model", "kept", dryRun ? "would go" : "removed", "deferred", "leftovers", "bytes");
    for (RetentionPlan plan : plans) {
      RetentionResult result = dryRun ? retention.preview(plan) : retention.apply(plan);
      table.row(
          plan.name(),
          plan.kept(),
          result.removed(),
          result.deferred(),
          result.leftovers(),
          result.bytes());
      result.damaged().forEach(progress::say);
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", plan.name());
      fields.put("kept", plan.kept());
      fields.put("removed", result.removed());
      fields.put("deferred", result.deferred());
      fields.put("leftovers", result.leftovers());
      fields.put("bytes", result.bytes());
      fields.put("damaged", result.damaged());
      results.add(fields);
    }
    progress.say(plans.isEmpty() ? "no models in " + registry.root() : table.toString());
    if (!dryRun) {
      checkpoints.remove();
    }
    checkpoints
        .folders()
        .forEach(
            folder ->
                progress.say(
                    "%s: checkpoints of a training that was killed more than %d days ago %s"
                        .formatted(
                            folder,
                            RefitCheckpoints.KEPT.toDays(),
                            dryRun ? "would go" : "are removed")));
    boolean unchanged =
        plans.stream().allMatch(plan -> plan.removed().isEmpty())
            && results.stream().allMatch(fields -> fields.get("leftovers").equals(0))
            && checkpoints.folders().isEmpty();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("models", results);
    fields.put("checkpoints", checkpoints.folders());
    return new JobResult(
        ModelsJob.NAME, dryRun ? "planned" : unchanged ? "unchanged" : "removed", fields);
  }

  private static void refuseAliased(RetentionPlan plan, int keep) {
    List<Integer> newest =
        plan.kept().subList(Math.max(0, plan.kept().size() - keep), plan.kept().size());
    plan.aliases()
        .forEach(
            (number, alias) -> {
              if (!newest.contains(number)) {
                throw new ConfigException(
                    "alias %s of %s points to version %d, or leads back to it, which is older than the newest %d; add --keep-aliased to keep it too, or move the alias first"
                        .formatted(alias, plan.name(), number, keep));
              }
            });
  }

  /**
   * Copies versions from a registry to another one.
   *
   * @param damaged what is wrong with those that cannot be copied; told when the others are
   */
  JobResult copy(
      Registry target, List<ModelVersion> versions, List<String> damaged, String status) {
    VersionCopy copy = new VersionCopy(registry, target, progress::say);
    List<Map<String, Object>> copies = new ArrayList<>();
    boolean any = false;
    for (ModelVersion version : versions) {
      VersionCopy.Copied copied = copy.copy(version);
      any |= copied.isNew();
      progress.say(
          "%s version %d %s version %d of %s"
              .formatted(
                  version.name(),
                  version.number(),
                  copied.isNew() ? "is now" : "was already",
                  copied.version().number(),
                  target.root()));
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("model", version.name());
      fields.put("from", version.number());
      fields.put("to", copied.version().number());
      fields.put("new", copied.isNew());
      copies.add(fields);
    }
    refuse(damaged);
    return ModelsJob.result(any ? status : "unchanged", "versions", copies);
  }
}
