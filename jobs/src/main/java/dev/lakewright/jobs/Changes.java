package dev.lakewright.jobs;

import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.lake.ContinuedRowsReader;
import dev.lakewright.lake.TableChange;
import dev.lakewright.lake.TableHistory;
import dev.lakewright.lake.TableVersion;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.storage.StorageLevel;

/**
 * Rows that differ from what the champion learnt from, in the columns that training reads, cached
 * and counted. To be closed.
 *
 * @param unknown why it is not known which; empty where it is
 */
record Changes(
    Optional<Dataset<Row>> added,
    Optional<Dataset<Row>> removed,
    long addedRows,
    long removedRows,
    Optional<String> unknown)
    implements AutoCloseable {

  private static final Changes NONE =
      new Changes(Optional.empty(), Optional.empty(), 0, 0, Optional.empty());

  static Changes of(
      SparkSession spark, LakewrightConfig config, Champion champion, TableVersion now) {
    ContinuedRowsReader reader = new ContinuedRowsReader(config.data());
    TableChange change =
        new TableHistory(spark).between(champion.source(), now, reader.columns(), reader::select);
    if (change instanceof TableChange.Appended appended) {
      return cached(Optional.of(appended.rows()), Optional.empty(), appended.count());
    }
    if (change instanceof TableChange.Changed changed) {
      return cached(
          Optional.of(changed.added()), Optional.of(changed.removed()), OptionalLong.empty());
    }
    return change instanceof TableChange.Unknown unknown
        ? new Changes(Optional.empty(), Optional.empty(), 0, 0, Optional.of(unknown.reason()))
        : NONE;
  }

  /** Caches rows, and counts those whose number is not known. */
  private static Changes cached(
      Optional<Dataset<Row>> added, Optional<Dataset<Row>> removed, OptionalLong addedRows) {
    Changes uncounted =
        new Changes(
            added.map(Changes::cached), removed.map(Changes::cached), 0, 0, Optional.empty());
    try {
      return new Changes(
          uncounted.added(),
          uncounted.removed(),
          addedRows.orElseGet(() -> count(uncounted.added())),
          count(uncounted.removed()),
          Optional.empty());
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      uncounted.close();
      throw e;
    }
  }

  private static Dataset<Row> cached(Dataset<Row> rows) {
    return rows.persist(StorageLevel.MEMORY_AND_DISK());
  }

  private static long count(Optional<Dataset<Row>> rows) {
    return rows.map(Dataset::count).orElse(0L);
  }

  /** Whether there is nothing to learn, nor to forget. */
  boolean nothing() {
    return unknown.isEmpty() && addedRows == 0 && removedRows == 0;
  }

  /** Whether rows were added and nothing else. */
  boolean appended() {
    return addedRows > 0 && removedRows == 0;
  }

  /** What the champion knows and was to forget, as the end of a sentence about it. */
  Optional<String> stillHeld() {
    if (unknown.isPresent()) {
      return Optional.of("may still hold what it learnt of removed rows: " + unknown.get());
    }
    return removedRows == 0
        ? Optional.empty()
        : Optional.of("still holds what it learnt of %d removed rows".formatted(removedRows));
  }

  @Override
  public void close() {
    added.ifPresent(Dataset::unpersist);
    removed.ifPresent(Dataset::unpersist);
  }
}
