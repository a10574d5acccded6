package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Metadata;
import scala.Option;
import scala.Tuple2;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds what became of a table's rows since a version of it. That nothing changed, or that rows
 * were only added, is known from the commits' own records. Otherwise the change data feed tells, or
 * where it is off, or its files are gone, the files in which the two versions differ; the work is
 * in proportion to the files that were rewritten. Versions are compared by number, never by time.
 */
public final class TableHistory {

  private static final String CHANGE_FEED = "delta.enableChangeDataFeed";
  private static final String CHANGE = "_change_type";
  private static final String[] OF_CHANGE_FEED = {CHANGE, "_commit_version", "_commit_timestamp"};

  private final SparkSession spark;

  public TableHistory(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Compares two versions.
   *
   * @param from the earlier
   * @param until the later, of the table that is at the same place now
   * @param selection of the columns whose change counts; refuses a table that lacks them
   * @return rows as selected
   */
  public TableChange between(
      TableVersion from, TableVersion until, UnaryOperator<Dataset<Row>> selection) {
    if (!from.id().equals(until.id())) {
      return new TableChange.Unknown("another table stands at its place");
    }
    if (from.version() > until.version()) {
      return new TableChange.Unknown(
          "the table's newest version is %d, older than version %d that is compared with it"
              .formatted(until.version(), from.version()));
    }
    DeltaLog log = new DeltaSource(spark).log(until.table());
    Optional<CommittedFiles> files = commits(log, from.version(), until.version());
    if (files.isEmpty()) {
      return new TableChange.Unknown(
          "the commits since version %d are no longer in its log".formatted(from.version()));
    }
    if (files.get().none()) {
      return new TableChange.Nothing();
    }
    Snapshot now = snapshot(log, until.version());
    if (files.get().appendsOnly() && files.get().stillThere()) {
      return new TableChange.Appended(selection.apply(rows(log, now, files.get().brought())));
    }
    if (!isHeld(log, from.version())) {
      return new TableChange.Unknown(
          "version %d is no longer in its log".formatted(from.version()));
    }
    return compare(log, snapshot(log, from.version()), now, files.get(), until, selection);
  }

  private TableChange compare(
      DeltaLog log,
      Snapshot before,
      Snapshot now,
      CommittedFiles files,
      TableVersion until,
      UnaryOperator<Dataset<Row>> selection) {
    if (hasChangeFeed(before, now, files) && exist(log, files.ofChangeFeed())) {
      Dataset<Row> feed = changeFeed(until, before.version() + 1);
      return difference(
          files,
          selection.apply(images(feed, "insert", "update_postimage")),
          selection.apply(images(feed, "delete", "update_preimage")));
    }
    Map<String, AddFile> then = files(before);
    Map<String, AddFile> today = files(now);
    List<AddFile> removed = without(then, today);
    if (!exist(log, removed)) {
      return new TableChange.Unknown(
          "files of version %d have been vacuumed".formatted(before.version()));
    }
    return difference(
        files,
        selection.apply(rows(log, now, without(today, then))),
        selection.apply(rows(log, before, removed)));
  }

  private static TableChange difference(
      CommittedFiles files, Dataset<Row> added, Dataset<Row> removed) {
    return files.appendsOnly()
        ? new TableChange.Appended(added.exceptAll(removed))
        : new TableChange.Changed(added.exceptAll(removed), removed.exceptAll(added));
  }

  /** The commits' files; absent where a commit is missing from the log. */
  private static Optional<CommittedFiles> commits(DeltaLog log, long from, long until) {
    CommittedFiles files = new CommittedFiles();
    long expected = from + 1;
    var commits = log.getChanges(from + 1, until, Option.empty(), false);
    while (commits.hasNext()) {
      Tuple2<Object, scala.collection.immutable.Seq<Action>> commit = commits.next();
      if ((long) commit._1() != expected) {
        return Optional.empty();
      }
      files.add(CollectionConverters.asJava(commit._2()));
      expected++;
    }
    return expected == until + 1 ? Optional.of(files) : Optional.empty();
  }

  private static boolean isHeld(DeltaLog log, long version) {
    return version >= log.history().getEarliestRecreatableCommit();
  }

  private static Snapshot snapshot(DeltaLog log, long version) {
    return log.getSnapshotAt(version, Option.empty(), Option.empty(), false);
  }

  private static Dataset<Row> rows(DeltaLog log, Snapshot snapshot, List<AddFile> files) {
    return log.createDataFrame(
        snapshot, CollectionConverters.asScala(files).toSeq(), false, Option.empty());
  }

  private static Map<String, AddFile> files(Snapshot snapshot) {
    return Arrays.stream((AddFile[]) snapshot.allFiles().collect())
        .collect(Collectors.toMap(CommittedFiles::name, Function.identity()));
  }

  private static List<AddFile> without(Map<String, AddFile> files, Map<String, AddFile> others) {
    return files.entrySet().stream()
        .filter(file -> !others.containsKey(file.getKey()))
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** Whether the feed was kept all the while, of columns that stayed the same. */
  private static boolean hasChangeFeed(Snapshot before, Snapshot now, CommittedFiles files) {
    return keepsChangeFeed(before.metadata())
        && files.settings().stream().allMatch(TableHistory::keepsChangeFeed)
        && before.schema().equals(now.schema());
  }

  private static boolean keepsChangeFeed(Metadata settings) {
    return settings.configuration().get(CHANGE_FEED).contains("true");
  }

  private Dataset<Row> changeFeed(TableVersion until, long first) {
    DataFrameReader reader =
        spark
            .read()
            .format("delta")
            .option("readChangeFeed", "true")
            .option("startingVersion", first)
            .option("endingVersion", until.version());
    return DeltaSource.isCatalogName(until.table())
        ? reader.table(until.table())
        : reader.load(until.table());
  }

  private static Dataset<Row> images(Dataset<Row> feed, Object... kinds) {
    return feed.where(col(CHANGE).isin(kinds)).drop(OF_CHANGE_FEED);
  }

  private static boolean exist(DeltaLog log, List<? extends FileAction> files) {
    Configuration settings = log.newDeltaHadoopConf();
    try {
      FileSystem store = log.dataPath().getFileSystem(settings);
      for (FileAction file : files) {
        if (!store.exists(file.absolutePath(log))) {
          return false;
        }
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
