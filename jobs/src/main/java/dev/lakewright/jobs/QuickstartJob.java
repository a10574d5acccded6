package dev.lakewright.jobs;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.ingest.SampleCorpus;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The whole life of a model on the sample corpus: ingest, train, score. */
final class QuickstartJob implements Job {

  /**
   * File names end with a hexadecimal digit: one mail in sixteen stays unseen until it is scored.
   */
  private static final String LABELLED = "/*/*[0-9a-e].txt";

  private static final String UNSEEN = "/*/*f.txt";

  @Override
  public String name() {
    return "quickstart";
  }

  @Override
  public String summary() {
    return "fetch sample mail and run the whole life of a model on it";
  }

  @Override
  public List<String> requires() {
    return List.of("data.table", "data.text", "model.name", "score.input", "score.output");
  }

  @Override
  public JobResult run(JobContext context) {
    long started = System.nanoTime();
    Progress progress = context.progress();
    progress.say("sample corpus: SpamAssassin public mail corpus");
    Path corpus = new SampleCorpus(SampleCorpus.userCache()).fetch();

    ConfigDocument document = context.document();
    JobContext labelled = context.with(document.with("ingest.input", corpus + LABELLED));
    JobContext unseen =
        context.with(
            document
                .with("ingest.input", corpus + UNSEEN)
                .with("data.table", context.config().score().input().orElseThrow()));
    JobResult ingested = new IngestJob().run(labelled);
    JobResult trained = new TrainJob().run(labelled);
    new IngestJob().run(unseen);
    JobResult scored = new ScoreJob().run(labelled);

    Map<String, Object> fields = new LinkedHashMap<>(trained.fields());
    fields.put("ingest", ingested.fields());
    fields.put("score", scored.fields());
    fields.put("seconds", seconds(ingested, trained, scored, started));
    progress.say(QuickstartSummary.table(ingested, trained, scored));
    return new JobResult(name(), trained.status(), fields);
  }

  private static Map<String, Object> seconds(
      JobResult ingested, JobResult trained, JobResult scored, long started) {
    Map<String, Object> seconds = new LinkedHashMap<>();
    seconds.put("ingest", ingested.fields().get("seconds"));
    seconds.put("train", trained.fields().get("seconds"));
    seconds.put("score", scored.fields().get("seconds"));
    seconds.put("total", Math.round((System.nanoTime() - started) / 1e6) / 1e3);
    return seconds;
  }
}
