package dev.lakewright.atomic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files of a local disk, or of a network disk with hard links. A finished temporary file is linked
 * to its name, which the kernel does for one caller only. Plain creation shows half a file;
 * checking and then renaming lets two writers win.
 */
public final class LinkedFiles {

  private static final String TEMPORARY = ".tmp-";
  private static final int MOST_ATTEMPTS = 10;

  private LinkedFiles() {}

  /** Whether a name is that of a file still being written, or left behind by a killed writer. */
  public static boolean isTemporary(String name) {
    return name.startsWith(TEMPORARY);
  }

  /**
   * Creates a file unless it is there; folders above are made.
   *
   * @return whether this call created it
   * @throws NoAtomicCreationException on a disk without hard links
   */
  public static boolean create(Path file, FileContent content) throws IOException {
    Path temporary = writeTemporary(file, content);
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (UnsupportedOperationException e) {
      throw new NoAtomicCreationException(
          file.getParent()
              + " is on a disk without hard links, which safe writing needs; use another folder",
          e);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a file, in the place of one that may be there; readers see the old one or the new. */
  public static void replace(Path file, FileContent content) throws IOException {
    Path temporary = writeTemporary(file, content);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path writeTemporary(Path file, FileContent content) throws IOException {
    Path temporary = file.resolveSibling(TEMPORARY + UUID.randomUUID());
    boolean whole = false;
    try (FileChannel channel = openNew(temporary)) {
      OutputStream out = Channels.newOutputStream(channel);
      content.writeTo(out);
      channel.force(true);
      whole = true;
    } finally {
      if (!whole) {
        Files.deleteIfExists(temporary);
      }
    }
    return temporary;
  }

  /** Someone else may remove the folder, empty as it is, before the file is in it. */
  private static FileChannel openNew(Path file) throws IOException {
    for (int attempt = 1; ; attempt++) {
      Files.createDirectories(file.getParent());
      try {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (NoSuchFileException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }
}
