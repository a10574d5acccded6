package dev.lakewright.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where a micro-batch ends in a table's commits, as Delta's source tells it and Spark writes it
 * down before the micro-batch begins.
 */
record SourceOffset(JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Reads what Spark wrote.
   *
   * @param checkpoint Spark's folder
   * @throws StorageException when it is not there
   */
  static SourceOffset of(Configuration hadoop, String checkpoint, long batch) {
    Path file = new Path(checkpoint, "offsets/" + batch);
    try {
      FileSystem files = file.getFileSystem(hadoop);
      try (InputStream in = files.open(file)) {
        List<String> lines = new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        return new SourceOffset(JSON.readTree(lines.get(lines.size() - 1)));
      }
    } catch (IOException e) {
      throw new StorageException(
          "the stream's checkpoint %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** Last version that lies wholly before it. */
  long wholeVersion() {
    return json.path("reservoirVersion").asLong() - 1;
  }
}
