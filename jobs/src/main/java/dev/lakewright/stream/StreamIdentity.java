package dev.lakewright.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;

/**
 * Which stream a state belongs to: rows of one table, learnt by one model, in steps of one length.
 *
 * @param checksum of the model's version
 * @param tableId the table's own identity
 */
public record StreamIdentity(
    String model, int champion, String checksum, String tableId, double rate) {

  /** The name under which micro-batches commit to the table of metrics. */
  public String application() {
    return "learn-stream/%s/%d/%s/%s".formatted(model, champion, checksum, tableId);
  }

  void writeTo(ObjectNode json) {
    json.put("model", model);
    json.put("champion", champion);
    json.put("champion_checksum", checksum);
    json.put("table_id", tableId);
    json.put("rate", rate);
  }

  /**
   * Compares with what a state tells.
   *
   * @throws StorageException when the state is of another stream
   */
  void require(String file, JsonNode json) {
    String differs =
        !json.path("champion_checksum").asText().equals(checksum)
            ? "began with version %d of %s (checksum %s), not with version %d (%s)"
                .formatted(
                    json.path("champion").asInt(),
                    json.path("model").asText(),
                    json.path("champion_checksum").asText(),
                    champion,
                    checksum)
            : !json.path("table_id").asText().equals(tableId)
                ? "learnt from another table, of id %s, not %s"
                    .formatted(json.path("table_id").asText(), tableId)
                : json.path("rate").asDouble() != rate
                    ? "began with stream.rate: %s, not %s"
                        .formatted(json.path("rate").asDouble(), rate)
                    : "";
    if (!differs.isEmpty()) {
      throw new StorageException(
          "the stream's state %s %s; set it back, or name another folder as stream.path"
              .formatted(file, differs));
    }
  }
}
