package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.config.RetrainConfig;
import dev.lakewright.lake.ContinuedRows;
import dev.lakewright.retrain.Course;
import java.util.OptionalLong;

/** What a challenger itself tells of how it came of the champion; neither time nor place. */
record Descent(Champion champion, Changes changes, RetrainConfig retrain, Course course) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where it was trained on all rows, of which there are so many. */
  ObjectNode throughAll(long rows) {
    return told(rows, 0);
  }

  /**
   * Where it went on from the champion.
   *
   * @param settledSince the version from which on no row has changed sides of the test split;
   *     absent where rows may have
   */
  ObjectNode throughNew(ContinuedRows rows, OptionalLong settledSince) {
    ObjectNode origin =
        told(champion.rowsAtFull(), champion.addedSinceFull() + changes.addedRows());
    origin.put("full_version", champion.fullVersion());
    champion.learntVersions().forEach(origin.putArray("learnt_versions")::add);
    origin.put("method", retrain.method().word());
    origin.put("seed", retrain.seed());
    origin.put("new_training_rows", rows.newRows());
    origin.put("replayed_rows", rows.replayed());
    settledSince.ifPresent(version -> origin.put(Champion.SETTLED_SINCE, version));
    return origin;
  }

  private ObjectNode told(long rowsAtFull, long addedSinceFull) {
    ObjectNode origin = JSON.createObjectNode();
    origin.put("mode", course.mode());
    origin.put("reason", course.reason());
    origin.put("champion", champion.version().number());
    origin.put("champion_checksum", champion.version().checksum());
    origin.put("from_zero", course.forgets());
    origin.put("since_version", champion.source().version());
    changes.unknown().ifPresent(reason -> origin.put("changes", reason));
    if (changes.unknown().isEmpty()) {
      origin.put("added_rows", changes.addedRows());
      origin.put("removed_rows", changes.removedRows());
    }
    origin.put("full_rows", rowsAtFull);
    origin.put("added_since_full", addedSinceFull);
    return origin;
  }
}
