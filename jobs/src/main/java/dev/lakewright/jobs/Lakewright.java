package dev.lakewright.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.LakewrightException;
import dev.lakewright.lake.Sessions;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
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
      perform(line);
      return 0;
    } catch (LakewrightException e) {
      return fail(e.getMessage(), e, e.exitCode(), debug);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      LakewrightException known = KnownFailures.recognize(e);
      return known == null
          ? fail(unexpected(e), e, 1, debug)
          : fail(known.getMessage(), e, known.exitCode(), debug);
    } catch (OutOfMemoryError e) {
      return fail(
          "out of memory (heap of "
              + (Runtime.getRuntime().maxMemory() >> 20)
              + " MB); give more with LAKEWRIGHT_MEMORY=8g or use a cluster with --master",
          e,
          1,
          debug);
    }
  }

  private void perform(CommandLine line) {
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
    SparkSession[] started = new SparkSession[1];
    JobContext context =
        new JobContext(
            config,
            document,
            line.arguments(),
            () -> {
              if (started[0] == null) {
                started[0] = sessions.apply(config);
              }
              return started[0];
            },
            new Progress(err, terminal));
    Instant start = Instant.now();
    JobResult result = job.run(context);
    print(result, line);
    Tracking.log(context, result, start, environment);
  }

  private void print(JobResult result, CommandLine line) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", result.job());
    fields.put("status", result.status());
    fields.putAll(result.fields());
    String json = json(fields);
    line.result().ifPresent(path -> write(path, json));
    out.println(json);
  }

  private static String json(Map<String, Object> fields) {
    try {
      return new ObjectMapper().writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path path, String json) {
    try {
      Files.writeString(path, json + "\n");
    } catch (IOException e) {
      throw new ConfigException("--result " + path + " cannot be written: " + e.getMessage());
    }
  }

  private static String unexpected(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message =
        root.getMessage() == null ? "" : ": " + root.getMessage().lines().findFirst().orElse("");
    return root.getClass().getSimpleName()
        + message
        + " (run again with --debug for the stack trace)";
  }

  private int fail(String message, Throwable e, int code, boolean debug) {
    message.lines().forEach(text -> err.println("lakewright: " + text));
    if (debug) {
      e.printStackTrace(err);
    }
    return code;
  }
}
