package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.DeltaSource;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.registry.Registry;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;

/** Learns what is new since the champion, and lets the challenger take over if it is fit to. */
final class RetrainJob implements Job {

  /** Its name on the command line and in results. */
  static final String NAME = "retrain";

  private final Function<LakewrightConfig, Registry> registries;

  RetrainJob() {
    this(Registries::open);
  }

  /**
   * @param registries opens the registry that a configuration names
   */
  RetrainJob(Function<LakewrightConfig, Registry> registries) {
    this.registries = registries;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String summary() {
    return "learn from rows that are new since the champion, and publish what is no worse";
  }

  @Override
  public List<String> requires() {
    return List.of("model.name");
  }

  @Override
  public double every(LakewrightConfig config) {
    return config.retrain().every();
  }

  @Override
  public JobResult run(JobContext context) {
    Succession.requireAliasApart(context.config());
    requireNewVersions(context.config());
    Phases phases = new Phases();
    Registry registry = registries.apply(context.config());
    Champion champion = Champion.of(context, registry);
    JobContext settings = context.with(champion.document(context, false));
    JobContext swept =
        context.config().retrain().sweep()
            ? context.with(champion.document(context, true))
            : settings;
    SparkSession spark = phases.time("spark", context.spark());
    TableVersion now = phases.time("read", () -> now(spark, settings.config()));
    Changes changes =
        phases.time("changes", () -> Changes.of(spark, settings.config(), champion, now));
    try {
      return new Retraining(context, settings, swept, registry, champion, now, changes, phases)
          .result();
    } finally {
      changes.close();
    }
  }

  private static void requireNewVersions(LakewrightConfig config) {
    if (config.retrain().every() > 0 && !config.data().version().equals("latest")) {
      throw new ConfigException(
          "retrain.every waits for new versions, but data.version is %s; set data.version: latest or retrain.every: 0"
              .formatted(config.data().version()));
    }
  }

  private static TableVersion now(SparkSession spark, LakewrightConfig config) {
    return new DeltaSource(spark)
        .resolve(config.data().table().orElseThrow(), config.data().version());
  }
}
