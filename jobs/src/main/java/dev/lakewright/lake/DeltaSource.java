package dev.lakewright.lake;

import dev.lakewright.errors.Addresses;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.DataException;
import io.delta.tables.DeltaTable;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.delta.DeltaHistoryManager;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.VersionChecksum;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.util.FileNames;
import org.apache.spark.sql.functions;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Finds Delta tables by path or catalog name and reads a stated version of them. */
public final class DeltaSource {

  private final SparkSession spark;

  public DeltaSource(SparkSession spark) {
    this.spark = spark;
  }

  /** Whether an address is a catalog name ({@code schema.table}) rather than a path. */
  public static boolean isCatalogName(String table) {
    return table.matches("[A-Za-z0-9_]+(\\.[A-Za-z0-9_]+){1,2}");
  }

  /** Whether a Delta table is there. */
  public boolean exists(String table) {
    return isCatalogName(table)
        ? spark.catalog().tableExists(table)
        : snapshot(log(table)).version() >= 0;
  }

  /**
   * Pins a version, so that whatever is read later is the same.
   *
   * @param version {@code latest}, a number, or an ISO timestamp
   * @throws DataException when the table or the version is not there
   */
  public TableVersion resolve(String table, String version) {
    if (!exists(table)) {
      throw new DataException(
          "no Delta table at "
              + table
              + "; create it with: lakewright ingest --set ingest.input=FILES --set data.table="
              + table);
    }
    DeltaLog log = log(table);
    Snapshot snapshot = snapshot(log);
    long number =
        version.equals("latest") ? snapshot.version() : numbered(table, version, history(table));
    return new TableVersion(table, snapshot.metadata().id(), number);
  }

  /** The newest version of a table. */
  public long latest(String table) {
    return snapshot(log(table)).version();
  }

  /** What the newest commit of a table says of itself ({@code userMetadata}). */
  public Optional<String> commitMetadata(String table) {
    return newestCommit(table).flatMap(commit -> optional(commit.userMetadata()));
  }

  /** How many rows the newest commit of a table wrote, if it says so. */
  public OptionalLong rowsWritten(String table) {
    return newestCommit(table)
        .flatMap(commit -> optional(commit.operationMetrics()))
        .flatMap(metrics -> optional(metrics.get("numOutputRows")))
        .map(rows -> OptionalLong.of(Long.parseLong(rows)))
        .orElse(OptionalLong.empty());
  }

  /** Reads one small file; the history of the log starts a job of Spark's for it. */
  private Optional<CommitInfo> newestCommit(String table) {
    DeltaLog log = log(table);
    Path file = FileNames.unsafeDeltaFile(log.logPath(), snapshot(log).version());
    return optional(
        DeltaHistoryManager.getCommitInfoOpt(log.store(), file, log.newDeltaHadoopConf()));
  }

  private static <T> Optional<T> optional(Option<T> value) {
    return value.isDefined() ? Optional.of(value.get()) : Optional.empty();
  }

  /** Reading the log itself is several times faster than the commands DESCRIBE and HISTORY. */
  /**
   * The log of a table.
   *
   * @throws ConfigException when the address holds a login: models, reports and results tell it
   */
  DeltaLog log(String table) {
    if (Addresses.holdLogins(table)) {
      throw new ConfigException(
          "the table %s has a login in its address, which would be recorded with every model; take it out and give it to the file system, see docs/registry.md"
              .formatted(Addresses.hideLogins(table)));
    }
    return isCatalogName(table)
        ? DeltaLog.forTable(spark, tableIdentifier(table))
        : DeltaLog.forTable(spark, table);
  }

  private TableIdentifier tableIdentifier(String table) {
    try {
      return spark.sessionState().sqlParser().parseTableIdentifier(table);
    } catch (ParseException e) {
      throw new DataException("data.table " + table + " is no table name", e);
    }
  }

  private static Snapshot snapshot(DeltaLog log) {
    return log.update(false, scala.Option.empty(), scala.Option.empty());
  }

  private Dataset<Row> history(String table) {
    return (isCatalogName(table)
            ? DeltaTable.forName(spark, table)
            : DeltaTable.forPath(spark, table))
        .history();
  }

  private static long numbered(String table, String version, Dataset<Row> history) {
    Dataset<Row> wanted =
        version.matches("\\d+")
            ? history.where(functions.col("version").equalTo(Long.parseLong(version)))
            : history.where(functions.col("timestamp").leq(functions.lit(instant(version))));
    List<Row> found =
        wanted.select("version").orderBy(functions.col("version").desc()).limit(1).collectAsList();
    if (!found.isEmpty()) {
      return found.get(0).getLong(0);
    }
    Row range =
        history
            .select(functions.min("version"), functions.max("version"), functions.min("timestamp"))
            .first();
    throw new DataException(
        "table %s has versions %s to %s, the oldest of %s, but data.version is %s"
            .formatted(
                table, range.get(0), range.get(1), range.getTimestamp(2).toInstant(), version));
  }

  private static java.sql.Timestamp instant(String version) {
    try {
      Instant instant =
          version.matches("\\d{4}-\\d{2}-\\d{2}")
              ? Instant.parse(version + "T00:00:00Z")
              : OffsetDateTime.parse(version).toInstant();
      return java.sql.Timestamp.from(instant);
    } catch (DateTimeException e) {
      throw new DataException(
          "data.version must be latest, a number or a timestamp such as 2026-11-01T00:00:00Z, not "
              + version,
          e);
    }
  }

  /**
   * A version to be read more than once. Of a small table Delta's checksum file names the files;
   * where it does not, each query finds those that it needs.
   */
  public PinnedTable pin(TableVersion version) {
    DeltaLog log = log(version.table());
    Snapshot snapshot = snapshotAt(log, version.version());
    return new PinnedTable(
        version,
        optional(snapshot.checksumOpt())
            .flatMap(DeltaSource::named)
            .map(files -> rows(log, snapshot, files))
            .orElseGet(() -> read(version)));
  }

  /** All files of a table, unless some of their rows are deleted, which sizes do not show. */
  private static Optional<List<AddFile>> named(VersionChecksum checksum) {
    return optional(checksum.allFiles())
        .map(CollectionConverters::asJava)
        .filter(files -> files.size() == checksum.numFiles())
        .filter(files -> files.stream().mapToLong(AddFile::size).sum() == checksum.tableSizeBytes())
        .filter(files -> files.stream().allMatch(file -> file.deletionVector() == null));
  }

  static Snapshot snapshotAt(DeltaLog log, long version) {
    return log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
  }

  /** The rows of some of a version's files. */
  static Dataset<Row> rows(DeltaLog log, Snapshot snapshot, List<AddFile> files) {
    return log.createDataFrame(
        snapshot, CollectionConverters.asScala(files).toSeq(), false, Option.empty());
  }

  /** The rows of a pinned version. */
  public Dataset<Row> read(TableVersion version) {
    var reader = spark.read().format("delta").option("versionAsOf", version.version());
    return isCatalogName(version.table())
        ? reader.table(version.table())
        : reader.load(version.table());
  }
}
