package dev.lakewright.registry;

import dev.lakewright.atomic.ConditionalFiles;
import dev.lakewright.atomic.FileContent;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** How a Hadoop file system creates a file that is not there yet. */
enum Creation {

  /** S3: a conditional write. */
  CONDITIONAL {
    @Override
    boolean create(FileSystem files, Path file, byte[] content) throws IOException {
      return ConditionalFiles.create(files, file, FileContent.of(content));
    }
  },

  /** HDFS, Azure: a finished temporary file is renamed, which fails when the name is taken. */
  RENAME {
    @Override
    boolean create(FileSystem files, Path file, byte[] content) throws IOException {
      Path temporary = new Path(file.getParent(), TEMPORARY + UUID.randomUUID());
      files.mkdirs(file.getParent());
      try (FSDataOutputStream out = files.create(temporary, false)) {
        out.write(content);
        out.hsync();
      }
      boolean renamed = !files.exists(file) && files.rename(temporary, file);
      if (!renamed) {
        files.delete(temporary, false);
      }
      return renamed;
    }
  },

  /** Google: creation without overwriting, which is decided when the whole object is there. */
  EXCLUSIVE {
    @Override
    boolean create(FileSystem files, Path file, byte[] content) throws IOException {
      try {
        FSDataOutputStream out = files.create(file, false);
        out.write(content);
        out.close();
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } catch (IOException e) {
        if (files.exists(file)) {
          return false;
        }
        throw e;
      }
    }
  },

  /** Any other: safe as long as nobody else writes. */
  SINGLE_WRITER {
    @Override
    boolean create(FileSystem files, Path file, byte[] content) throws IOException {
      return RENAME.create(files, file, content);
    }
  };

  private static final String TEMPORARY = ".tmp-";

  private static final Map<String, Creation> BY_SCHEME =
      Map.of(
          "s3a", CONDITIONAL,
          "hdfs", RENAME,
          "abfs", RENAME,
          "abfss", RENAME,
          "gs", EXCLUSIVE);

  /** That of a scheme; empty when it has none with which two writers could not both win. */
  static Optional<Creation> of(String scheme) {
    return Optional.ofNullable(BY_SCHEME.get(scheme));
  }

  /** Whether a name is that of a file still being written, or left behind by a killed writer. */
  static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY) || name.equals(ConditionalFiles.PROBE);
  }

  /**
   * Creates a file unless it is there.
   *
   * @return whether this call created it
   */
  abstract boolean create(FileSystem files, Path file, byte[] content) throws IOException;
}
