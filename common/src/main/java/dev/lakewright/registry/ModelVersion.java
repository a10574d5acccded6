package dev.lakewright.registry;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * A published version: its manifest.
 *
 * @param number from 1
 * @param attempt folder of the files below the version's
 * @param createdAt ISO instant
 * @param checksum of the files that decide how the model scores
 * @param facts what the publisher recorded: metrics, lineage, fingerprint
 */
public record ModelVersion(
    String name,
    int number,
    String attempt,
    String createdAt,
    String createdBy,
    Map<String, ModelFile> files,
    String checksum,
    JsonNode facts) {

  /** Path of a file, relative to the registry. */
  public String path(String file) {
    return name + "/versions/" + number + "/" + attempt + "/" + file;
  }
}
