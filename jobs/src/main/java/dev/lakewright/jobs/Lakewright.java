package dev.lakewright.jobs;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.Sessions;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** The command line: {@code lakewright JOB [-c conf.yaml] [--set key.path=value]... }. */
public final class Lakewright {

  private static final List<Job> JOBS =
      List.of(
          new IngestJob(),
          new ResampleJob(),
          new TrainJob(),
          new TuneJob(),
          new RetrainJob(),
          new LearnStreamJob(),
          new CompareImbalanceJob(),
          new EvaluateJob(),
          new ScoreJob(),
          new ModelsJob(),
          new QuickstartJob());

  private final Map<String, String> environment;
  private final Function<LakewrightConfig, SparkSession> sessions;
  private final PrintStream out;
  private final PrintStream err;
  private final boolean terminal;

  /**
   * @param environment variables that the configuration may name
   * @param sessions how a job gets its Spark session
   * @param terminal whether {@code err} is a terminal
   */
  Lakewright(
      Map<String, String> environment,
      Function<LakewrightConfig, SparkSession> sessions,
      PrintStream out,
      PrintStream err,
      boolean terminal) {
    this.environment = environment;
    this.sessions = sessions;
    this.out = out;
    this.err = err;
    this.terminal = terminal;
  }

  /** Runs one job and exits with its code. */
  public static void main(String[] words) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
    Lakewright lakewright =
        new Lakewright(
            System.getenv(),
            config -> Sessions.start(config.spark()),
            out,
            err,
            Boolean.getBoolean("lakewright.terminal"));
    int code = lakewright.run(words);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** Runs one job and returns the exit code. */
  int run(String[] words) {
    boolean debug = List.of(words).contains("--debug");
    try {
      CommandLine line = CommandLine.parse(words);
      if (line.job().equals("help")) {
        out.println(line.arguments().contains("config") ? Usage.keys() : Usage.text(JOBS));
        return 0;
      }
      if (line.job().equals("version") || line.job().equals("--version")) {
        out.println(CodeVersion.current().text());
        return 0;
      }
      return perform(line, debug);
    } catch (Throwable e) {
      // Spark throws checked exceptions without declaring them; after an error, its threads would
      // keep the process
      return fail(e, debug);
    }
  }

  private int perform(CommandLine line, boolean debug) {
    Job job =
        JOBS.stream()
            .filter(candidate -> candidate.name().equals(line.job()))
            .findFirst()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "unknown job %s; the jobs are %s"
                            .formatted(
                                line.job(),
                                String.join(", ", JOBS.stream().map(Job::name).toList()))));
    ConfigDocument document = ConfigDocument.load(line.config(), line.sets(), environment);
    LakewrightConfig config = document.bind(LakewrightConfig.class);
    document.require(job.requires(), job.name());
    line.master().ifPresent(master -> System.setProperty("spark.master", master));
    Renewed<SparkSession> session =
        new Renewed<>(() -> sessions.apply(config), started -> started.sparkContext().isStopped());
    JobContext context =
        new JobContext(config, document, line.arguments(), session, new Progress(err, terminal));
    Results results = new Results(out, line.result());
    Runnable once = () -> perform(job, context, results);
    double every = job.every(config);
    if (every > 0) {
      return again(Duration.ofNanos((long) (every * 1e9)), context.progress(), debug, once);
    }
    once.run();
    return 0;
  }

  private void perform(Job job, JobContext context, Results results) {
    Instant start = Instant.now();
    JobResult result = job.run(context);
    boolean isNew = results.tell(result);
    try {
      results.keep();
    } finally {
      // a file that cannot be written keeps no run from being logged: no later round tells it anew
      if (isNew) {
        Tracking.log(context, result, start, environment);
      }
    }
  }

  private int again(Duration every, Progress progress, boolean debug, Runnable round) {
    try (Ending ending = Ending.listen(progress)) {
      return new Rounds(every, ending, failed -> tell(failed, progress, debug)).run(round);
    }
  }

  private void tell(Rounds.Failed failed, Progress progress, boolean debug) {
    progress.say(failed.toString());
    if (debug) {
      failed.cause().printStackTrace(err);
    }
  }

  private int fail(Throwable cause, boolean debug) {
    Failure failure = Failure.of(cause);
    failure.message().lines().forEach(text -> err.println("lakewright: " + text));
    if (debug) {
      cause.printStackTrace(err);
    }
    return failure.exitCode();
  }
}
