package dev.lakewright.jobs;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.SplitConfig;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.lake.SplitCounts;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.registry.ModelVersion;
import dev.lakewright.registry.Registry;
import dev.lakewright.scoring.PortableModel;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The version that an alias points to, and what its record tells of how it was trained. */
record Champion(ModelVersion version, PortableModel model) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Settings of cross-validation that hold where no sweep is made. */
  private static final List<String> FOLDS =
      List.of("folds", "by", "column", "seed", "metric", "plan", "table");

  /** Name of {@link #settledSince} in the record of a challenger. */
  static final String SETTLED_SINCE = "split_settled_since";

  private static final String LINEAGE = "retraining";

  /**
   * Finds it.
   *
   * @throws ConfigException when there is no such model or alias, or it has no record of its origin
   */
  static Champion of(JobContext context, Registry registry) {
    ModelVersion version =
        registry.resolve(
            context.config().model().name().orElseThrow(), context.config().model().alias());
    Champion champion =
        new Champion(version, new PortableModel(registry.read(version, ClassifierStorage.FILES)));
    if (!champion.origin().at("/data/table").isTextual()) {
      throw new ConfigException(
          "version %d of %s does not tell which table it was trained on; train it anew with: lakewright train"
              .formatted(version.number(), version.name()));
    }
    return champion;
  }

  Classifier classifier() {
    return model.classifier();
  }

  /** The provenance in {@code model.json}. */
  JsonNode origin() {
    return classifier().provenance();
  }

  /** What it learnt from. */
  TableVersion source() {
    JsonNode data = origin().path("data");
    return new TableVersion(
        data.path("table").asText(), data.path("table_id").asText(), data.path("version").asLong());
  }

  /** Rows of the table at the last training on all rows. */
  long rowsAtFull() {
    return origin().path(LINEAGE).has("full_rows")
        ? origin().path(LINEAGE).path("full_rows").asLong()
        : origin().at("/data/rows").asLong();
  }

  /** Rows that were added since the last training on all rows, and learnt from. */
  long addedSinceFull() {
    return origin().path(LINEAGE).path("added_since_full").asLong(0);
  }

  /** The version that was trained on all rows last. */
  int fullVersion() {
    return origin().path(LINEAGE).path("full_version").asInt(version.number());
  }

  /** Whether this version is that one. */
  boolean isOfFullTraining() {
    return !origin().path(LINEAGE).has("full_version");
  }

  /** Rows per class that it was trained on. */
  Map<String, Long> trainingCounts() {
    return JSON.convertValue(origin().at("/data/training_rows"), new TypeReference<>() {});
  }

  /** Rows per label that were held out. */
  Map<String, Long> testCounts() {
    return JSON.convertValue(origin().at("/data/test_rows"), new TypeReference<>() {});
  }

  /**
   * Rows of its version of the table on both sides of the test split; absent after a stream, which
   * counts rows as they come.
   */
  Optional<SplitCounts> splitCounts() {
    return origin().path(LINEAGE).has("batches")
            || !origin().at("/data/training_rows").isObject()
            || !origin().at("/data/test_rows").isObject()
        ? Optional.empty()
        : Optional.of(new SplitCounts(trainingCounts(), testCounts()));
  }

  /**
   * The version of its table from which on, up to its own, no row that it read has changed sides of
   * the test split; absent where rows that are added may move others.
   */
  OptionalLong settledSince(SplitConfig split) {
    return splitCounts().filter(counts -> counts.isSettled(split)).isPresent()
        ? OptionalLong.of(origin().path(LINEAGE).path(SETTLED_SINCE).asLong(source().version()))
        : OptionalLong.empty();
  }

  /** Age of that version; empty where this registry has none of that number. */
  OptionalDouble daysSinceFull(Registry registry, Instant now) {
    if (fullVersion() > version.number()) {
      // this version came from another registry without it
      return OptionalDouble.empty();
    }
    String created = registry.version(version.name(), fullVersion()).createdAt();
    return OptionalDouble.of(Duration.between(Instant.parse(created), now).toSeconds() / 86_400.0);
  }

  /**
   * Versions of its table that it learnt from, beginning with the last training on all rows,
   * ascending.
   */
  List<Long> learntVersions() {
    List<Long> versions = new ArrayList<>();
    origin().path(LINEAGE).path("learnt_versions").forEach(one -> versions.add(one.asLong()));
    versions.add(source().version());
    return versions;
  }

  /**
   * The configuration it was trained with, its trial's parameters in place; of the given one, all
   * that does not decide a model, and the table's address where it is set.
   *
   * @param sweep whether its search space stays, and no parameters are put in place
   */
  ConfigDocument document(JobContext context, boolean sweep) {
    ConfigDocument document = context.document();
    for (String section : TrainJob.RECORDED) {
      if (!section.equals("model") && origin().path("config").has(section)) {
        Map<String, Object> recorded = map(origin().path("config").path(section));
        if (section.equals("tune") && !sweep) {
          recorded.keySet().retainAll(FOLDS);
        }
        document = document.without(section).withRecorded(section, recorded);
      }
    }
    String table = context.config().data().table().orElse(origin().at("/data/table").asText());
    document =
        document.with("data.table", table).with("data.version", context.config().data().version());
    if (!sweep) {
      for (Map.Entry<String, Object> one : map(origin().at("/trial/parameters")).entrySet()) {
        document = document.with(one.getKey(), one.getValue());
      }
    }
    return document;
  }

  private static Map<String, Object> map(JsonNode node) {
    return JSON.convertValue(node, new TypeReference<>() {});
  }
}
