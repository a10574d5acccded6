package dev.lakewright.lake;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddCDCFile;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.FileAction;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.RemoveFile;
import scala.Option;

/**
 * The files that some commits brought and took, as far as they changed rows. Commits that only
 * arrange rows anew (OPTIMIZE) say so of each of their files.
 */
final class CommittedFiles {

  private final Map<String, AddFile> brought = new LinkedHashMap<>();
  private final Set<String> gone = new HashSet<>();
  private final List<FileAction> ofChangeFeed = new ArrayList<>();
  private final List<Metadata> settings = new ArrayList<>();
  private boolean takes;

  /** Takes the actions of the next commit. */
  void add(List<Action> commit) {
    List<FileAction> changing = new ArrayList<>();
    List<FileAction> images = new ArrayList<>();
    for (Action action : commit) {
      if (action instanceof AddFile file && file.dataChange()) {
        brought.put(name(file), file);
        changing.add(file);
      } else if (action instanceof RemoveFile file) {
        gone.add(name(file));
        if (file.dataChange()) {
          takes = true;
          changing.add(file);
        }
      } else if (action instanceof AddCDCFile file) {
        images.add(file);
      } else if (action instanceof Metadata changed) {
        settings.add(changed);
      }
    }
    ofChangeFeed.addAll(images.isEmpty() ? changing : images);
  }

  /** Whether no row changed. */
  boolean none() {
    return brought.isEmpty() && !takes;
  }

  /** Whether rows were added and nothing else. */
  boolean appendsOnly() {
    return !takes;
  }

  /** The files with added rows, if all of them are files of the table still. */
  boolean stillThere() {
    return brought.keySet().stream().noneMatch(gone::contains);
  }

  List<AddFile> brought() {
    return List.copyOf(brought.values());
  }

  /** Rows of the files with added rows, where all of these tell how many they hold. */
  OptionalLong rowsBrought() {
    long rows = 0;
    for (AddFile file : brought.values()) {
      Option<Object> held = file.numLogicalRecords();
      if (held.isEmpty()) {
        return OptionalLong.empty();
      }
      rows += (long) held.get();
    }
    return OptionalLong.of(rows);
  }

  /** The files that the change data feed of these commits is read from. */
  List<FileAction> ofChangeFeed() {
    return ofChangeFeed;
  }

  /** Columns and properties of the table, as often as they were set. */
  List<Metadata> settings() {
    return settings;
  }

  /** A file with other rows deleted from it is another file. */
  static String name(FileAction file) {
    return file.path()
        + (file.deletionVector() == null ? "" : "#" + file.deletionVector().uniqueId());
  }
}
