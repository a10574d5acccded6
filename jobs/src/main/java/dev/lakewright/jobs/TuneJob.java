package dev.lakewright.jobs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a sweep and records its trials; publishes nothing. */
final class TuneJob implements Job {

  @Override
  public String name() {
    return "tune";
  }

  @Override
  public String summary() {
    return "cross-validate the search space and record every trial; publishes nothing";
  }

  @Override
  public List<String> requires() {
    return List.of("data.table", "data.text|data.numeric|data.categorical", "model.name");
  }

  @Override
  public JobResult run(JobContext context) {
    TrainingRun run = TrainingRun.prepare(context);
    var sweep = run.sweep();
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("model", run.modelName());
    fields.put("data", run.dataFacts());
    fields.put("sweep", run.sweepFacts(sweep));
    fields.put("seconds", run.phases().seconds());
    context.progress().say(SweepSummary.table(sweep));
    return new JobResult(name(), "tuned", fields);
  }
}
