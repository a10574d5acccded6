package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Locale;

/** What the quickstart found, chose and reached, for people. */
final class QuickstartSummary {

  private QuickstartSummary() {}

  static String table(JobResult ingested, JobResult trained, JobResult scored) {
    ObjectMapper json = new ObjectMapper();
    JsonNode ingest = json.valueToTree(ingested.fields());
    JsonNode train = json.valueToTree(trained.fields());
    JsonNode score = json.valueToTree(scored.fields());
    TextTable table = new TextTable("quickstart", trained.status());
    table.row(
        "data",
        "%s version %s".formatted(text(train.at("/data/table")), train.at("/data/version")));
    table.row("found", found(ingest));
    table.row(
        "chosen",
        train.has("sweep")
            ? train.at("/sweep/best_parameters").toString()
            : "as before: nothing changed");
    table.row(
        "reached",
        "spam F1 %s (95 %% %s to %s), macro F1 %s"
            .formatted(
                number(train.at("/metrics/per_class/spam/f1")),
                number(train.at("/metrics/per_class/spam/f1_interval/0")),
                number(train.at("/metrics/per_class/spam/f1_interval/1")),
                number(train.at("/metrics/macro_f1"))));
    table.row("model", text(train.at("/model")) + " version " + train.at("/version"));
    table.row("scored", score.at("/rows").asLong() + " rows into " + text(score.at("/output")));
    StringBuilder text = new StringBuilder(table.toString());
    text.append(System.lineSeparator()).append("model files  ").append(text(train.at("/path")));
    text.append(System.lineSeparator()).append("report       ").append(text(train.at("/report")));
    return text.toString();
  }

  private static String found(JsonNode ingest) {
    return ingest.at("/files").asInt() == 0
        ? "no new mail"
        : ingest.at("/records") + " mails " + ingest.at("/labels");
  }

  private static String text(JsonNode node) {
    return node.asText();
  }

  private static String number(JsonNode node) {
    return node.isNumber() ? String.format(Locale.ROOT, "%.4f", node.asDouble()) : "-";
  }
}
