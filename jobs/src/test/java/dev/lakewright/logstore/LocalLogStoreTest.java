package dev.lakewright.logstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.storage.LogStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalLogStoreTest extends LogStoreContract {

  private final Configuration configuration = new Configuration();

  @TempDir Path folder;

  @Override
  LogStore store() {
    return new LocalLogStore(configuration);
  }

  @Override
  Configuration configuration() {
    return configuration;
  }

  @Override
  org.apache.hadoop.fs.Path log() {
    return new org.apache.hadoop.fs.Path(folder.resolve("with space/_delta_log").toUri());
  }

  @Test
  void nothingTemporaryStays() throws IOException {
    write(commit(0), false, "x");
    write(new org.apache.hadoop.fs.Path(log(), "_last_checkpoint"), true, "x");
    try (Stream<Path> files = Files.list(folder.resolve("with space/_delta_log"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(commit(0).getName(), "_last_checkpoint");
    }
  }

  /** Delta's own store writes a checksum beside the file, which Hadoop then insists on. */
  @Test
  void fileOfAnotherStoreCanBeReplaced() throws IOException {
    Files.createDirectories(folder.resolve("with space/_delta_log"));
    org.apache.hadoop.fs.Path pointer = new org.apache.hadoop.fs.Path(log(), "_last_checkpoint");
    new io.delta.storage.LocalLogStore(configuration)
        .write(pointer, List.of("theirs").iterator(), true, configuration);
    write(pointer, true, "ours, which is longer");
    assertThat(read(pointer)).containsExactly("ours, which is longer");
  }
}
