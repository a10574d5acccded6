package dev.lakewright.atomic;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
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
   * Creates a file unless it is there; folders above are made. Once created, it outlives a power
   * cut.
   *
   * @return whether this call created it
   * @throws NoAtomicCreationException on a disk without hard links
   */
  public static boolean create(Path file, FileContent content) throws IOException {
    Path temporary = writeTemporary(file, content);
    try {
      boolean created = link(file, temporary);
      if (created) {
        force(file.getParent());
      }
      return created;
    } finally {
      discard(temporary);
    }
  }

  private static boolean link(Path file, Path temporary) throws IOException {
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException e) {
      return isLinked(file, temporary);
    } catch (NoSuchFileException | AccessDeniedException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      // disks without hard links have many ways to say so
      throw new NoAtomicCreationException(
          "%s: no file can be linked to its name there (%s), as safe writing needs; use a folder on a disk with hard links"
              .formatted(file.getParent(), e),
          e);
    }
  }

  /** A network disk whose answer was lost is asked again, and refuses what it has done itself. */
  private static boolean isLinked(Path file, Path temporary) throws IOException {
    try {
      return Files.isSameFile(file, temporary);
    } catch (NoSuchFileException removedSince) {
      return false;
    }
  }

  /** Writes a file, in the place of one that may be there; readers see the old one or the new. */
  public static void replace(Path file, FileContent content) throws IOException {
    Path temporary = writeTemporary(file, content);
    try {
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      discard(temporary);
      throw e;
    }
    force(file.getParent());
  }

  /**
   * Gives a file another name, which nobody else gives; folders above are made.
   *
   * @return false when there is no such file
   */
  public static boolean move(Path from, Path to) throws IOException {
    for (int attempt = 1; Files.exists(from); attempt++) {
      Files.createDirectories(to.getParent());
      try {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        force(to.getParent());
        return true;
      } catch (NoSuchFileException e) {
        // the file was removed, or the folder that was made for it
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
    return false;
  }

  /** Has a folder's entries written to the disk; where folders cannot be opened, nothing can. */
  private static void force(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // what was written is there already, and to be seen: this is no failure of the write
      return;
    }
  }

  private static void discard(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // nobody reads what stays behind, and the file itself is there or not, as is reported
      return;
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
        discard(temporary);
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
