package dev.lakewright.tracking;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What a tracking server is told of one run.
 *
 * @param parameters settings by key path
 * @param metrics finite or not; a tracking server is sent the finite ones
 * @param report the HTML report, if the run made one
 */
public record TrackedRun(
    String name,
    Instant start,
    Instant end,
    Map<String, String> parameters,
    Map<String, Double> metrics,
    Map<String, String> tags,
    Optional<byte[]> report) {

  public TrackedRun {
    parameters = Map.copyOf(parameters);
    metrics = Map.copyOf(metrics);
    tags = Map.copyOf(tags);
  }
}
