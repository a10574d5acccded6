package dev.lakewright.registry;

import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A folder of a local disk. A file is created by linking a finished temporary file to its name,
 * which the kernel does for one caller only; plain creation or renaming would let two win or show
 * half.
 */
final class LocalStore implements ObjectStore {

  private static final String TEMPORARY = ".tmp-";

  private final Path root;

  LocalStore(Path root) {
    this.root = root;
  }

  @Override
  public String root() {
    return root.toString();
  }

  @Override
  public byte[] read(String path) {
    try {
      return Files.readAllBytes(root.resolve(path));
    } catch (NoSuchFileException e) {
      throw new StorageException(root.resolve(path) + " is missing", e);
    } catch (IOException e) {
      throw failure("read", path, e);
    }
  }

  @Override
  public void write(String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      writeThrough(file, content);
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    Path file = root.resolve(path);
    Path temporary = file.resolveSibling(TEMPORARY + UUID.randomUUID());
    try {
      Files.createDirectories(file.getParent());
      try {
        writeThrough(temporary, content);
        FaultPoints.reach("store.before-link");
        Files.createLink(file, temporary);
        return true;
      } catch (FileAlreadyExistsException e) {
        return false;
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (UnsupportedOperationException e) {
      throw new StorageException(
          root
              + " is on a disk without hard links, which safe publishing needs; use another folder",
          e);
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  private static void writeThrough(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  @Override
  public List<String> list(String folder) {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith(TEMPORARY))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("listed", folder, e);
    }
  }

  private StorageException failure(String what, String path, IOException e) {
    return new StorageException(
        "the registry's %s cannot be %s (%s: %s); check registry.path and its permissions"
            .formatted(root.resolve(path), what, e.getClass().getSimpleName(), e.getMessage()),
        e);
  }
}
