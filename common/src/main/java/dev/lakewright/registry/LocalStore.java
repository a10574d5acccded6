package dev.lakewright.registry;

import dev.lakewright.atomic.FileContent;
import dev.lakewright.atomic.LinkedFiles;
import dev.lakewright.atomic.NoAtomicCreationException;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A folder of a local disk. */
final class LocalStore implements ObjectStore {

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
  public boolean exists(String path) {
    return Files.exists(root.resolve(path));
  }

  @Override
  public void write(String path, byte[] content) {
    try {
      LinkedFiles.replace(root.resolve(path), FileContent.of(content));
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  @Override
  public boolean move(String from, String to) {
    try {
      return LinkedFiles.move(root.resolve(from), root.resolve(to));
    } catch (IOException e) {
      throw failure("written", to, e);
    }
  }

  @Override
  public boolean putIfAbsent(String path, byte[] content) {
    FileContent killedBeforeItIsLinked =
        out -> {
          out.write(content);
          FaultPoints.reach("store.before-link");
        };
    try {
      return LinkedFiles.create(root.resolve(path), killedBeforeItIsLinked);
    } catch (NoAtomicCreationException e) {
      throw new StorageException(e.getMessage(), e);
    } catch (IOException e) {
      throw failure("written", path, e);
    }
  }

  @Override
  public List<String> list(String folder) {
    try (Stream<Path> files = Files.list(root.resolve(folder))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !LinkedFiles.isTemporary(name))
          .sorted()
          .toList();
    } catch (NoSuchFileException | NotDirectoryException e) {
      return List.of();
    } catch (IOException e) {
      throw failure("listed", folder, e);
    }
  }

  @Override
  public void delete(String path) {
    Path top = root.resolve(path);
    try {
      if (Files.isDirectory(top)) {
        for (Path file : content(top)) {
          delete(root.relativize(file).toString());
        }
      }
      Files.deleteIfExists(top);
    } catch (DirectoryNotEmptyException someoneWritesThere) {
      // what is written there meanwhile is not what was to be removed
      return;
    } catch (IOException e) {
      throw failure("removed", path, e);
    }
  }

  private static List<Path> content(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of();
    }
  }

  private StorageException failure(String what, String path, IOException e) {
    return new StorageException(
        "the registry's %s cannot be %s (%s: %s); check registry.path and its permissions"
            .formatted(root.resolve(path), what, e.getClass().getSimpleName(), e.getMessage()),
        e);
  }
}
