package dev.lakewright.logstore;

import dev.lakewright.atomic.FileContent;
import dev.lakewright.atomic.LinkedFiles;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;

/**
 * Commits on a local disk, or a network disk with hard links, that any number of processes may
 * make. Delta's own store for local disks lets two processes overwrite each other's commits.
 */
public final class LocalLogStore extends HadoopFileSystemLogStore {

  public LocalLogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a file of the log.
   *
   * @throws FileAlreadyExistsException when it is there and must not be overwritten
   */
  @Override
  public void write(
      org.apache.hadoop.fs.Path path,
      Iterator<String> actions,
      Boolean overwrite,
      Configuration configuration)
      throws IOException {
    Path file = Path.of(path.toUri().getPath());
    FileContent lines = LogLines.content(actions);
    if (overwrite) {
      // Hadoop's checksum of the old content, if another store wrote it, would damn the new
      Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
      LinkedFiles.replace(file, lines);
    } else if (Files.exists(file) || !LinkedFiles.create(file, lines)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  /** Delta writes checkpoints without this store, so that their beginning can be seen. */
  @Override
  public Boolean isPartialWriteVisible(
      org.apache.hadoop.fs.Path path, Configuration configuration) {
    return true;
  }
}
