package dev.lakewright.registry;

import dev.lakewright.atomic.NoAtomicCreationException;
import dev.lakewright.atomic.UnknownOutcomeException;
import dev.lakewright.errors.Addresses;
import dev.lakewright.errors.StorageException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A folder of a Hadoop file system. */
final class HadoopStore implements ObjectStore {

  private final Path root;
  private final FileSystem files;
  private final Creation creation;

  private HadoopStore(Path root, FileSystem files, Creation creation) {
    this.root = root;
    this.files = files;
    this.creation = creation;
  }

  /**
   * Opens a folder.
   *
   * @param settings of Hadoop, without the prefix {@code spark.hadoop.}
   * @param singleWriter whether the user promises that nobody else writes
   * @throws StorageException for a scheme without a safe way to create files, unless there is one
   *     writer
   */
  static HadoopStore open(URI uri, Map<String, String> settings, boolean singleWriter) {
    String scheme = uri.getScheme();
    Creation creation =
        singleWriter
            ? Creation.SINGLE_WRITER
            : Creation.of(scheme)
                .orElseThrow(
                    () ->
                        new StorageException(
                            "registry.path %s: the scheme %s has no safe way to publish; use a local path, s3a, hdfs, abfs or gs, or set registry.single_writer: true if no two jobs ever write at once"
                                .formatted(Addresses.hideLogins(uri.toString()), scheme)));
    Configuration configuration = new Configuration();
    settings.forEach(configuration::set);
    try {
      Path root = new Path(uri);
      return new HadoopStore(root, root.getFileSystem(configuration), creation);
    } catch (IOException | RuntimeException e) {
      throw new StorageException(
          "registry.path %s cannot be opened (%s); the file system's library must be on the class path, hadoop-aws for s3a"
              .formatted(Addresses.hideLogins(uri.toString()), firstLine(e)),
          e);
    }
  }

  @Override
  public String root() {
    return Addresses.hideLogins(root.toString());
  }

  @Override
  public byte[] read(String path) {
    try (FSDataInputStream in = files.open(new Path(root, path))) {
      return in.readAllBytes();
    } catch (FileNotFoundException e) {
      throw new StorageException(shown(path) + " is missing", e);
    } catch (IOException e) {
      throw failure("read", path, e);
    }
  }

  @Override
  public boolean exists(String path) {
    try {
      return files.exists(new Path(root, path));
    } catch (IOException e) {
      throw failure("looked for", path, e);
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
  public boolean move(String from, String to) {
    Path target = new Path(root, to);
    try {
      // where folders exist, a file is moved into one that is there
      return files.mkdirs(target.getParent()) && files.rename(new Path(root, from), target);
    } catch (IOException e) {
      if (tellsOfAbsence(e)) {
        return false;
      }
      throw failure("written", to, e);
    }
  }

  /** S3A says that a file was changed where it was removed between being looked at and copied. */
  private static boolean tellsOfAbsence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FileNotFoundException) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    try {
      return creation.create(files, new Path(root, path), content);
    } catch (UnknownOutcomeException e) {
      throw new StorageException(Addresses.hideLogins(e.getMessage()), e);
    } catch (NoAtomicCreationException e) {
      throw new StorageException(
          Addresses.hideLogins(e.getMessage())
              + "; set registry.single_writer: true if no two jobs ever write at once",
          e);
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    try {
      return Arrays.stream(files.listStatus(folder.isEmpty() ? root : new Path(root, folder)))
          .map(FileStatus::getPath)
          .map(Path::getName)
          .filter(name -> !Creation.isTemporary(name))
          .sorted()
          .toList();
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("listed", folder, e);
    }
  }

  @Override
  public void delete(String path) {
    try {
      files.delete(new Path(root, path), true);
    } catch (FileNotFoundException absent) {
      return;
    } catch (IOException e) {
      throw failure("removed", path, e);
    }
  }

  private String shown(String path) {
    return Addresses.hideLogins(new Path(root, path).toString());
  }

  private StorageException failure(String what, String path, IOException e) {
    return new StorageException(
        "the registry's %s cannot be %s (%s); check registry.path, credentials and permissions"
            .formatted(shown(path), what, firstLine(e)),
        e);
  }

  private static String firstLine(Exception e) {
    return e.getMessage() == null
        ? e.getClass().getSimpleName()
        : Addresses.hideLogins(
            e.getMessage().lines().findFirst().orElse(e.getClass().getSimpleName()));
  }
}
