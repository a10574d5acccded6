package dev.lakewright.registry;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/** Opens stores by their paths. */
public final class ObjectStores {

  private ObjectStores() {}

  /**
   * Opens a folder, which need not exist.
   *
   * @param path a local path, or a URI of any Hadoop file system with a safe way to create files
   * @param settings of Hadoop, for paths that are not local
   */
  public static ObjectStore open(String path, Map<String, String> settings) {
    return open(path, settings, false);
  }

  /**
   * Opens a folder, which need not exist.
   *
   * @param singleWriter whether no two processes ever write at once, so that any file system will
   *     do
   */
  public static ObjectStore open(String path, Map<String, String> settings, boolean singleWriter) {
    if (!path.matches("[A-Za-z][A-Za-z0-9+.-]+:/.*")) {
      return new LocalStore(Path.of(path).toAbsolutePath().normalize());
    }
    URI uri = URI.create(path);
    return uri.getScheme().equals("file")
        ? new LocalStore(Path.of(uri.getPath()))
        : HadoopStore.open(uri, settings, singleWriter);
  }
}
