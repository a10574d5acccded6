package dev.lakewright.ingest;

import dev.lakewright.errors.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Finds the files that an input names. */
final class InputFiles {

  private InputFiles() {}

  /**
   * Lists files in the order of their paths; files whose names begin with '.' or '_' are left out.
   *
   * @param input file, folder (with all below it) or glob, on any Hadoop file system
   * @throws DataException when there is none
   */
  static List<InputFile> list(String input, Configuration hadoop) {
    try {
      Path pattern = new Path(input);
      FileSystem files = pattern.getFileSystem(hadoop);
      FileStatus[] matches = files.globStatus(pattern);
      List<InputFile> found = new ArrayList<>();
      for (FileStatus match : matches == null ? new FileStatus[0] : matches) {
        collect(files, match, found);
      }
      if (found.isEmpty()) {
        throw new DataException(
            "ingest.input %s: no file matches; name a file, a folder or a glob such as data/*.csv"
                .formatted(input));
      }
      found.sort(Comparator.comparing(InputFile::path));
      return found;
    } catch (IOException | IllegalArgumentException e) {
      throw new DataException(
          "ingest.input %s cannot be listed (%s)".formatted(input, firstLine(e)), e);
    }
  }

  private static void collect(FileSystem files, FileStatus match, List<InputFile> found)
      throws IOException {
    if (match.isFile()) {
      add(match, found);
      return;
    }
    RemoteIterator<LocatedFileStatus> below = files.listFiles(match.getPath(), true);
    while (below.hasNext()) {
      add(below.next(), found);
    }
  }

  private static void add(FileStatus file, List<InputFile> found) {
    String name = file.getPath().getName();
    if (name.startsWith(".") || name.startsWith("_")) {
      return;
    }
    String folder = file.getPath().getParent().getName();
    String source =
        "%s/%s?bytes=%d&modified=%d"
            .formatted(folder, name, file.getLen(), file.getModificationTime());
    found.add(new InputFile(file.getPath().toString(), folder, name, file.getLen(), source));
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
