package dev.lakewright.registry;

import java.util.List;

/** The few operations on files that the registry needs. Paths are relative, with '/'. */
public interface ObjectStore {

  /** Where the store lies, for messages. */
  String root();

  /**
   * Content of a file.
   *
   * @throws dev.lakewright.errors.StorageException when it is not there or cannot be read
   */
  byte[] read(String path);

  /** Whether a file is there. Asked by name, which is never late, other than {@link #list}. */
  boolean exists(String path);

  /** Writes a file that nobody else writes, in the place of one that may be there. */
  void write(String path, byte[] content);

  /**
   * Gives a file another name, under which nobody else writes; readers of either name see all of it
   * or nothing.
   *
   * @return false when there is no such file
   */
  boolean move(String from, String to);

  /**
   * Creates a file unless it is there: of several callers at once exactly one succeeds, and a
   * reader sees all of it or nothing.
   *
   * @return whether this call created it
   */
  boolean putIfAbsent(String path, byte[] content);

  /** Names of the files and folders directly below a folder, ascending; none where it is absent. */
  List<String> list(String folder);

  /** Removes a file, or a folder with all in it; does nothing where it is absent. */
  void delete(String path);
}
