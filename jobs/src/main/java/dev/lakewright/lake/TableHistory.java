package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.apache.spark.sql.types.StructField;
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
  private static final String MAPPING = "delta.columnMapping.mode";
  private static final String PHYSICAL_NAME = "delta.columnMapping.physicalName";

  private final SparkSession spark;

  public TableHistory(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Compares two versions.
   *
   * @param from the earlier
   * @param until the later, of the table that is at the same place now
   * @param columns whose change counts
   * @param selection of these; refuses a table that lacks them
   * @return rows as selected
   */
  public TableChange between(
      TableVersion from,
      TableVersion until,
      List<String> columns,
      UnaryOperator<Dataset<Row>> selection) {
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
    if (maps(files.get().settings())) {
      if (!isHeld(log, from.version())) {
        return noLongerHeld(from);
      }
      // a renaming touches no row, and yet the column of that name may hold other values
      Optional<String> other =
          replaced(
              columns,
              DeltaSource.snapshotAt(log, from.version()),
              DeltaSource.snapshotAt(log, until.version()));
      if (other.isPresent()) {
        return new TableChange.Unknown("column %s was renamed or replaced".formatted(other.get()));
      }
    }
    if (files.get().none()) {
      return new TableChange.Nothing();
    }
    Snapshot now = DeltaSource.snapshotAt(log, until.version());
    if (files.get().appendsOnly() && files.get().stillThere()) {
      return new TableChange.Appended(
          selection.apply(DeltaSource.rows(log, now, files.get().brought())),
          files.get().rowsBrought());
    }
    if (!isHeld(log, from.version())) {
      return noLongerHeld(from);
    }
    return compare(
        log, DeltaSource.snapshotAt(log, from.version()), now, files.get(), until, selection);
  }

  private static TableChange noLongerHeld(TableVersion version) {
    return new TableChange.Unknown(
        "version %d is no longer in its log".formatted(version.version()));
  }

  /**
   * Whether the rows of an earlier version can still be read: its log, and those of its files that
   * the later one has no more.
   */
  public boolean isReadable(TableVersion version, TableVersion later) {
    DeltaLog log = new DeltaSource(spark).log(later.table());
    return version.id().equals(later.id())
        && isHeld(log, version.version())
        && exist(
            log,
            without(
                files(DeltaSource.snapshotAt(log, version.version())),
                files(DeltaSource.snapshotAt(log, later.version()))));
  }

  /** Whether columns were set to have names of their own in files, so that they can be renamed. */
  private static boolean maps(List<Metadata> settings) {
    return settings.stream()
        .anyMatch(
            metadata -> {
              Option<String> mode = metadata.configuration().get(MAPPING);
              return mode.isDefined() && !mode.get().equals("none");
            });
  }

  /** A column that has another name in files than it had, or is gone. */
  private static Optional<String> replaced(List<String> columns, Snapshot before, Snapshot now) {
    Map<String, String> then = physicalNames(before);
    Map<String, String> today = physicalNames(now);
    return columns.stream()
        .filter(name -> !Objects.equals(today.get(name), then.get(name)))
        .findFirst();
  }

  private static Map<String, String> physicalNames(Snapshot snapshot) {
    return Arrays.stream(snapshot.schema().fields())
        .collect(
            Collectors.toMap(
                StructField::name,
                field ->
                    field.metadata().contains(PHYSICAL_NAME)
                        ? field.metadata().getString(PHYSICAL_NAME)
                        : field.name()));
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
        selection.apply(DeltaSource.rows(log, now, without(today, then))),
        selection.apply(DeltaSource.rows(log, before, removed)));
  }

  private static TableChange difference(
      CommittedFiles files, Dataset<Row> added, Dataset<Row> removed) {
    return files.appendsOnly()
        ? new TableChange.Appended(added.exceptAll(removed), OptionalLong.empty())
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
