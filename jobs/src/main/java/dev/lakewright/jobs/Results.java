package dev.lakewright.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells results as JSON objects, one a line, on standard output. The file of {@code --result} holds
 * the newest; a round that came to what the line before says adds no line.
 */
final class Results {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final PrintStream out;
  private final Optional<Path> file;
  private Map<String, Object> told = Map.of();
  private String newest = "";

  /**
   * @param file of {@code --result}
   * @throws ConfigException if it is one that nothing can be written to
   */
  Results(PrintStream out, Optional<Path> file) {
    this.out = out;
    this.file = file;
    file.ifPresent(Results::requireWritable);
  }

  private static void requireWritable(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (Files.isDirectory(file)) {
      throw new ConfigException("--result " + file + " is a folder; name a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw new ConfigException(
          "--result " + file + " cannot be written: there is no folder " + folder + "; make it");
    }
    // a regular file is replaced, which takes its folder alone; a pipe or device is written to
    boolean isNewOrReplaced = !Files.exists(file) || Files.isRegularFile(file);
    if (!Files.isWritable(file) && !(isNewOrReplaced && Files.isWritable(folder))) {
      throw new ConfigException(
          "--result " + file + " cannot be written by this user; name another file");
    }
  }

  /**
   * Tells a result on standard output.
   *
   * @return whether it says more than the one before, its seconds aside
   */
  boolean tell(JobResult result) {
    Map<String, Object> fields = fields(result);
    newest = json(fields);
    fields.remove("seconds");
    boolean isNew = !fields.equals(told);
    if (isNew) {
      out.println(newest);
      told = fields;
    }
    return isNew;
  }

  /**
   * Writes what was told last to the file, if there is one.
   *
   * @throws StorageException when that fails
   */
  void keep() {
    file.ifPresent(path -> write(path, newest));
  }

  private static Map<String, Object> fields(JobResult result) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("job", result.job());
    fields.put("status", result.status());
    fields.putAll(result.fields());
    return fields;
  }

  private static String json(Map<String, Object> fields) {
    try {
      return JSON.writeValueAsString(fields);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path path, String json) {
    try {
      if (Files.isRegularFile(path)) {
        replace(path, json);
      } else {
        Files.writeString(path, json + "\n");
      }
    } catch (IOException e) {
      throw new StorageException(
          "--result " + path + " could not be written: " + e.getMessage(), e);
    }
  }

  /** Whoever reads meanwhile sees the earlier result or this one, whole. */
  private static void replace(Path path, String json) throws IOException {
    Path whole = path.resolveSibling(path.getFileName() + ".new");
    try {
      Files.writeString(whole, json + "\n");
      Files.move(whole, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (FileSystemException e) {
      // a file that is mounted by itself, as Kubernetes does, cannot be replaced
      Files.deleteIfExists(whole);
      Files.writeString(path, json + "\n");
    }
  }
}
