package dev.lakewright.logstore;

import dev.lakewright.atomic.ConditionalFiles;
import dev.lakewright.atomic.FileContent;
import io.delta.storage.HadoopFileSystemLogStore;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Iterator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Commits on S3, and on stores with its interface that honour conditional writes, that any number
 * of drivers may make; no other service keeps them apart. Needs {@code hadoop-aws} 3.4.2 or newer.
 *
 * <p>Which commits there are is not left to the listing alone: those after the last listed one, and
 * between listed ones, are asked for by name, so that a store which lists late is read right.
 */
public final class S3LogStore extends HadoopFileSystemLogStore {

  public S3LogStore(Configuration configuration) {
    super(configuration);
  }

  /**
   * Writes a file of the log.
   *
   * @throws FileAlreadyExistsException when it is there and must not be overwritten
   */
  @Override
  public void write(
      Path path, Iterator<String> actions, Boolean overwrite, Configuration configuration)
      throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    FileContent lines = LogLines.content(actions);
    if (overwrite) {
      ConditionalFiles.replace(files, path, lines);
    } else if (!ConditionalFiles.create(files, path, lines)) {
      throw new FileAlreadyExistsException(path.toString());
    }
  }

  @Override
  public Iterator<FileStatus> listFrom(Path path, Configuration configuration) throws IOException {
    FileSystem files = path.getFileSystem(configuration);
    return new LateListing(files, path).complete(() -> super.listFrom(path, configuration));
  }

  /** An object is there once it is whole. */
  @Override
  public Boolean isPartialWriteVisible(Path path, Configuration configuration) {
    return false;
  }
}
