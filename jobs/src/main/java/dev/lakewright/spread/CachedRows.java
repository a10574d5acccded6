package dev.lakewright.spread;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/** Rows that are computed once and kept until this is closed. */
public final class CachedRows implements AutoCloseable {

  private final List<Dataset<Row>> kept = new ArrayList<>();

  /** Rows that will be read more than once. */
  public Dataset<Row> lazily(Dataset<Row> rows) {
    // named before it is kept: whoever is cancelled in between frees it all the same
    kept.add(rows);
    return rows.persist(StorageLevel.MEMORY_AND_DISK());
  }

  /** Rows, computed when this returns: what they were made of may be freed. */
  public Dataset<Row> now(Dataset<Row> rows) {
    Dataset<Row> cached = lazily(rows);
    cached.count();
    return cached;
  }

  @Override
  public void close() {
    // an interrupted thread would give up before everything is freed
    boolean interrupted = Thread.interrupted();
    kept.forEach(Dataset::unpersist);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
