package dev.lakewright.jobs;

import dev.lakewright.lake.ComparisonRows;
import dev.lakewright.lake.TableHistory;
import dev.lakewright.lake.TableVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The table as each of a champion's trainings read it: what was for training then is not to be
 * compared on now.
 */
record LearntRows(
    TableHistory history,
    ComparisonRows reader,
    Champion champion,
    TableVersion now,
    Changes changes,
    Progress progress) {

  /**
   * Reads them where the table is now, as far as they can still be told.
   *
   * @param settledSince the version from which on no row has changed sides of the test split, so
   *     that what was for training then is not held out now; absent where rows may have
   */
  List<Dataset<Row>> read(OptionalLong settledSince) {
    if (changes.unknown().isPresent()) {
      progress.say(
          "rows that version %d was trained on may be among those that it is compared on: %s"
              .formatted(champion.version().number(), changes.unknown().get()));
      return List.of();
    }
    List<Dataset<Row>> rows = new ArrayList<>();
    for (long version : champion.learntVersions()) {
      if (settledSince.isPresent() && version >= settledSince.getAsLong()) {
        continue;
      }
      TableVersion then = new TableVersion(now.table(), now.id(), version);
      if (history.isReadable(then, now)) {
        rows.add(reader.at(then));
      } else if (version == champion.source().version()) {
        progress.say(
            "files of version %d of %s are gone: its rows are told by what changed since"
                .formatted(version, now.table()));
        rows.add(reader.before(now, changes.added().orElseThrow(), changes.removed()));
      } else {
        progress.say(
            "files of version %d of %s are gone: rows that were trained on then, and are held out by now, may be among those compared on"
                .formatted(version, now.table()));
      }
    }
    return rows;
  }
}
