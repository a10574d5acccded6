package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.report.TrainingFacts;
import dev.lakewright.stream.StreamCounts;
import dev.lakewright.stream.StreamState;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The champion after a stream of rows.
 *
 * @param source the version of the table that it has wholly learnt; the champion's own where
 *     changes were passed over, so that retrain looks at all since then
 * @param skipped whether changes may have been passed over
 */
record StreamedChallenger(
    JobContext context,
    Champion champion,
    Classifier classifier,
    StreamState state,
    TableVersion source,
    boolean skipped,
    Map<String, Object> seconds)
    implements Challenger {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What it has learnt, as text: equal texts, equal models. */
  static String fingerprint(Champion champion, StreamState state) {
    return "stream of %s to micro-batch %d of table %s"
        .formatted(champion.version().checksum(), state.batch(), champion.source().id());
  }

  String fingerprint() {
    return fingerprint(champion, state);
  }

  @Override
  public Map<String, byte[]> files() {
    ObjectNode provenance = ((ObjectNode) champion.origin()).deepCopy();
    CodeVersion code = CodeVersion.current();
    provenance.put("fingerprint", fingerprint());
    provenance.put("code_version", code.text());
    provenance.set("libraries", JSON.valueToTree(code.libraries()));
    provenance.set("data", data());
    provenance.set("retraining", origin());
    provenance.remove("test");
    return ClassifierStorage.write(
        new Classifier(
            classifier.labels(),
            classifier.featurizer(),
            classifier.scorer(),
            classifier.calibration(),
            classifier.thresholds(),
            classifier.terms(),
            provenance));
  }

  private ObjectNode data() {
    StreamCounts counts = state.counts();
    ObjectNode data = JSON.createObjectNode();
    data.put("table", source.table());
    data.put("table_id", source.id());
    data.put("version", source.version());
    data.put("rows", champion.origin().at("/data/rows").asLong() + counts.rows());
    data.put("unlabelled", champion.origin().at("/data/unlabelled").asLong() + counts.unlabelled());
    data.set("training_rows", JSON.valueToTree(trainingRows()));
    data.set("test_rows", JSON.valueToTree(testRows()));
    return data;
  }

  Map<String, Long> trainingRows() {
    return added(champion.trainingCounts(), state.counts().learnt());
  }

  Map<String, Long> testRows() {
    return added(champion.testCounts(), state.counts().held());
  }

  private Map<String, Long> added(Map<String, Long> before, long[] more) {
    Map<String, Long> sums = new LinkedHashMap<>(before);
    for (int k = 0; k < more.length; k++) {
      if (more[k] > 0) {
        sums.merge(classifier.labels().get(k), more[k], Long::sum);
      }
    }
    return sums;
  }

  /** What the model itself tells of how it came of the champion; neither time nor place. */
  ObjectNode origin() {
    StreamCounts counts = state.counts();
    ObjectNode origin = JSON.createObjectNode();
    origin.put("mode", "stream");
    origin.put("reason", "commits were learnt as they came");
    origin.put("champion", champion.version().number());
    origin.put("champion_checksum", champion.version().checksum());
    origin.put("from_zero", false);
    origin.put("since_version", champion.source().version());
    origin.put("batches", state.batch() + 1);
    origin.put("added_rows", counts.rows());
    origin.put("new_training_rows", counts.learntRows());
    origin.put("unknown_class_rows", counts.unknown());
    origin.put("full_rows", champion.rowsAtFull());
    origin.put("added_since_full", champion.addedSinceFull() + counts.rows());
    origin.put("full_version", champion.fullVersion());
    champion.learntVersions().forEach(origin.putArray("learnt_versions")::add);
    origin.put("method", "ftrl");
    origin.put("rate", context.config().stream().rate());
    origin.put("seed", context.config().stream().seed());
    origin.put("skipped_changes", skipped);
    return origin;
  }

  @Override
  public ObjectNode facts() {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("fingerprint", fingerprint());
    facts.put("parent", champion.version().number());
    ObjectNode data = data();
    data.remove("table_id");
    facts.set("data", data);
    facts.set("retraining", origin());
    facts.set("prequential", JSON.valueToTree(prequential()));
    facts.set("seconds", JSON.valueToTree(seconds));
    facts.put("java", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return facts;
  }

  /** How new rows were predicted before they were learnt. */
  Map<String, Object> prequential() {
    return prequential(state.counts());
  }

  static Map<String, Object> prequential(StreamCounts counts) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    if (!Double.isNaN(counts.accuracy())) {
      metrics.put("accuracy", counts.accuracy());
      metrics.put("macro_f1", counts.macroF1());
      metrics.put("log_loss", counts.logLoss());
    }
    return metrics;
  }

  @Override
  public String report(int number, String status, List<TrainingFacts.Gate> gates) {
    return TrainingReports.streamed(this, number, status, gates);
  }
}
