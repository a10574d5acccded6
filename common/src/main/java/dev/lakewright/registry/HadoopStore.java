package dev.lakewright.registry;

import dev.lakewright.errors.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A folder of a Hadoop file system. On S3 a file is created by a conditional write; on HDFS and
 * Azure by renaming a finished temporary file, which there fails when the name is taken. Other
 * schemes are refused, since two writers could both win.
 */
final class HadoopStore implements ObjectStore {

  private static final String CONDITIONAL_CREATE = "fs.option.create.conditional.overwrite";
  private static final Set<String> CONDITIONAL = Set.of("s3a");
  private static final Set<String> RENAMING = Set.of("hdfs", "viewfs", "abfs", "abfss");
  private static final String TEMPORARY = ".tmp-";

  private final Path root;
  private final FileSystem files;
  private final boolean conditional;

  private HadoopStore(Path root, FileSystem files, boolean conditional) {
    this.root = root;
    this.files = files;
    this.conditional = conditional;
  }

  /**
   * Opens a folder.
   *
   * @param settings of Hadoop, without the prefix {@code spark.hadoop.}
   * @throws StorageException for a scheme without a safe way to create files
   */
  static HadoopStore open(URI uri, Map<String, String> settings) {
    String scheme = uri.getScheme();
    if (!CONDITIONAL.contains(scheme) && !RENAMING.contains(scheme)) {
      throw new StorageException(
          "registry.path %s: the scheme %s has no safe way to publish; use a local path, s3a, hdfs or abfs"
              .formatted(uri, scheme));
    }
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    try {
      Path root = new Path(uri);
      return new HadoopStore(root, root.getFileSystem(configuration), CONDITIONAL.contains(scheme));
    } catch (IOException e) {
      throw new StorageException(
          "registry.path %s cannot be opened (%s)".formatted(uri, firstLine(e)), e);
    }
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public byte[] read(String path) {
    try (FSDataInputStream in = files.open(new Path(root, path))) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new StorageException(new Path(root, path) + " is missing", e);
    } catch (IOException e) {
      throw failure("read", path, e);
    }
  }

  @Override
  public void write(String path, byte[] content) {
    try (FSDataOutputStream out = files.create(new Path(root, path), true)) {
      out.write(content);
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    Path file = new Path(root, path);
    try {
      return conditional ? createConditionally(file, content) : createByRename(file, content);
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  private boolean createConditionally(Path file, byte[] content) throws IOException {
    if (files.exists(file)) {
      return false;
    }
    try {
      FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file).recursive().overwrite(true);
      builder.must(CONDITIONAL_CREATE, true);
      FSDataOutputStream out = (FSDataOutputStream) builder.build();
      try {
        out.write(content);
      } catch (IOException e) {
        // closing would publish what is there
        out.abort();
        throw e;
      }
      out.close();
      return true;
    } catch (IOException e) {
      if (files.exists(file)) {
        // a lost answer may have been retried by the client and refused for its own write
        return Arrays.equals(read(root.toUri().relativize(file.toUri()).getPath()), content);
      }
      throw e;
    }
  }

  private boolean createByRename(Path file, byte[] content) throws IOException {
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

  @Override
  public List<String> list(String folder) {
    try {
      return Arrays.stream(files.listStatus(new Path(root, folder)))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> !name.startsWith(TEMPORARY))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("listed", folder, e);
    }
  }

  private StorageException failure(String what, String path, IOException e) {
    return new StorageException(
        "the registry's %s cannot be %s (%s); check registry.path, credentials and permissions"
            .formatted(new Path(root, path), what, firstLine(e)),
        e);
  }

  private static String firstLine(IOException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getSimpleName());
  }
}
