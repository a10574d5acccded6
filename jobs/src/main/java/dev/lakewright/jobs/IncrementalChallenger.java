package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.lake.ContinuedRows;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.model.Classifier;
import dev.lakewright.model.ClassifierStorage;
import dev.lakewright.report.TrainingFacts;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The champion after learning from new rows.
 *
 * @param evaluation on held-out rows; absent where there are none
 * @param origin how it came of the champion, for its provenance
 */
record IncrementalChallenger(
    JobContext context,
    Champion champion,
    Classifier classifier,
    ContinuedRows rows,
    long unlabelled,
    long allRows,
    String fingerprint,
    Optional<Evaluation> evaluation,
    ObjectNode origin,
    Map<String, Object> seconds)
    implements Challenger {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Map<String, byte[]> files() {
    ObjectNode provenance = ((ObjectNode) champion.origin()).deepCopy();
    CodeVersion code = CodeVersion.current();
    provenance.put("fingerprint", fingerprint);
    provenance.put("code_version", code.text());
    provenance.set("libraries", JSON.valueToTree(code.libraries()));
    provenance.set("data", data());
    provenance.set("retraining", origin);
    provenance.remove("test");
    evaluation.ifPresent(test -> provenance.set("test", test.summary()));
    Classifier told =
        new Classifier(
            classifier.labels(),
            classifier.featurizer(),
            classifier.scorer(),
            classifier.calibration(),
            classifier.thresholds(),
            classifier.terms(),
            provenance);
    Map<String, byte[]> files = new LinkedHashMap<>(ClassifierStorage.write(told));
    evaluation.ifPresent(
        test ->
            files.put(
                "metrics.json", test.toJson().toPrettyString().getBytes(StandardCharsets.UTF_8)));
    return files;
  }

  private ObjectNode data() {
    TableVersion source = rows.sample().source();
    ObjectNode data = JSON.createObjectNode();
    data.put("table", source.table());
    data.put("table_id", source.id());
    data.put("version", source.version());
    data.put("rows", allRows);
    data.put("unlabelled", unlabelled);
    data.set("training_rows", JSON.valueToTree(rows.counts().training()));
    data.set("test_rows", JSON.valueToTree(rows.counts().test()));
    return data;
  }

  @Override
  public ObjectNode facts() {
    ObjectNode facts = JSON.createObjectNode();
    facts.put("fingerprint", fingerprint);
    ObjectNode data = data();
    data.remove("table_id");
    facts.set("data", data);
    evaluation.ifPresent(test -> facts.set("test", test.summary()));
    facts.set("seconds", JSON.valueToTree(seconds));
    facts.put("java", System.getProperty("java.version"));
    facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return facts;
  }

  @Override
  public String report(int number, String status, List<TrainingFacts.Gate> gates) {
    return TrainingReports.incremental(this, number, status, gates);
  }
}
