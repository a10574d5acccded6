package dev.lakewright.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.lake.LabelledRows;
import dev.lakewright.metrics.Evaluation;
import dev.lakewright.tuning.SweepResult;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Where a model came from, for {@code model.json}. Nothing in it tells when or on which machine it
 * was made, so that the same data, settings and code give the same bytes.
 */
public final class Provenance {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Provenance() {}

  /**
   * Gathers.
   *
   * @param config what was set, without secrets
   * @param test absent where no rows were held out
   */
  public static ObjectNode of(
      LabelledRows rows,
      Map<String, Object> config,
      String codeVersion,
      Map<String, String> libraries,
      SweepResult sweep,
      String fingerprint,
      Optional<Evaluation> test) {
    ObjectNode json = JSON.createObjectNode();
    json.put("fingerprint", fingerprint);
    json.put("code_version", codeVersion);
    json.set("libraries", JSON.valueToTree(libraries));
    ObjectNode data = json.putObject("data");
    data.put("table", rows.source().table());
    data.put("table_id", rows.source().id());
    data.put("version", rows.source().version());
    data.put("rows", rows.rows());
    data.put("unlabelled", rows.unlabelled());
    data.set("training_rows", JSON.valueToTree(rows.trainingCounts()));
    data.set("test_rows", JSON.valueToTree(rows.testCounts()));
    json.set("config", JSON.valueToTree(config));
    ObjectNode trial = json.putObject("trial");
    trial.put("number", sweep.best().trial().number());
    trial.set("parameters", JSON.valueToTree(sweep.best().trial().parameters()));
    trial.put("trials", sweep.trials().size());
    OptionalDouble mean = sweep.best().mean(sweep.metric());
    mean.ifPresent(value -> trial.put("cv_" + sweep.metric().key(), value));
    sweep
        .refit()
        .forEach(
            refit -> {
              trial.put("iterations", refit.iterations());
              trial.put("outcome", refit.outcome().name().toLowerCase(Locale.ROOT));
            });
    test.ifPresent(evaluation -> json.set("test", evaluation.summary()));
    return json;
  }
}
