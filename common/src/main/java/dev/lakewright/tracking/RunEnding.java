package dev.lakewright.tracking;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Ends runs, so that none is shown as running for ever. A run whose id never came, since the answer
 * to its creation was lost or late, is looked for by a tag that it was created with.
 */
final class RunEnding {

  /** Tag of every run, whose value no other run has. */
  static final String TAG = "lakewright.run";

  /** For a run that could not be logged wholly. */
  private static final Duration LAST_ATTEMPT = Duration.ofSeconds(1);

  /** For a run that may come to be only after it was given up. */
  private static final Duration SEARCH = Duration.ofSeconds(5);

  private static final Duration PAUSE = Duration.ofMillis(200);

  /** How far a run has come, to the knowledge of who creates it. */
  sealed interface Progress permits Absent, Asked, Begun {}

  /** It does not run: it was never created, or it has ended. */
  record Absent() implements Progress {}

  /** Its creation was asked for, and what came of it is not known. */
  record Asked(String experiment, String tag) implements Progress {}

  /** It runs. */
  record Begun(String id) implements Progress {}

  private final MlflowRequests requests;

  RunEnding(MlflowRequests requests) {
    this.requests = requests;
  }

  /** What ends a run. */
  static ObjectNode body(String id, Instant end) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("run_id", id)
        .put("status", "FINISHED")
        .put("end_time", end.toEpochMilli());
  }

  /** Ends a run that was not logged wholly; what is to be said if that fails. */
  String end(Progress progress, Instant end) {
    if (progress instanceof Begun begun) {
      return end(begun.id(), end) ? "" : "; the run may go on being shown as RUNNING";
    }
    if (progress instanceof Asked asked && !endLost(asked, end)) {
      return "; should a run with the tag %s = %s appear, it is shown as RUNNING though it has ended"
          .formatted(TAG, asked.tag());
    }
    return "";
  }

  private boolean end(String id, Instant end) {
    try {
      requests.post("runs/update", body(id, end), LAST_ATTEMPT);
      return true;
    } catch (TrackingException e) {
      // the caller tells of it
      return false;
    }
  }

  private boolean endLost(Asked asked, Instant end) {
    long deadline = System.nanoTime() + SEARCH.toNanos();
    try {
      for (Duration left = SEARCH; !left.isNegative(); left = left(deadline)) {
        Optional<String> found = find(asked, left);
        if (found.isPresent()) {
          return end(found.get(), end);
        }
        Thread.sleep(PAUSE.toMillis());
      }
    } catch (TrackingException e) {
      // a server that cannot be searched either; the caller tells of it
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private static Duration left(long deadline) {
    return Duration.ofNanos(deadline - System.nanoTime());
  }

  private Optional<String> find(Asked asked, Duration limit) throws TrackingException {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("experiment_ids").add(asked.experiment());
    body.put("filter", "tags.`%s` = '%s'".formatted(TAG, asked.tag()));
    body.put("max_results", 1);
    JsonNode id = requests.post("runs/search", body, limit).at("/runs/0/info/run_id");
    return id.isTextual() ? Optional.of(id.textValue()) : Optional.empty();
  }
}
