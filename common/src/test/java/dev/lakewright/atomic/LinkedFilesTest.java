package dev.lakewright.atomic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkedFilesTest {

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void place() {
    file = folder.resolve("below/file");
  }

  private static FileContent text(String text) {
    return FileContent.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  @Test
  void firstWriterCreatesAndLaterOnesDoNot() throws IOException {
    assertThat(LinkedFiles.create(file, text("one"))).isTrue();
    assertThat(LinkedFiles.create(file, text("two"))).isFalse();
    assertThat(file).hasContent("one");
    LinkedFiles.replace(file, text("three"));
    assertThat(file).hasContent("three");
    assertThat(files(file.getParent())).containsExactly(file);
  }

  /** A network disk links, loses its answer, is asked again and finds the name taken. */
  @Test
  void writerWhoseAnswerWasLostKnowsThatItWon() throws IOException {
    FileContent linkedAlready =
        out -> {
          out.write('x');
          Files.createLink(file, files(file.getParent()).get(0));
        };
    assertThat(LinkedFiles.create(file, linkedAlready)).isTrue();
    assertThat(files(file.getParent())).containsExactly(file);
  }

  @Test
  void contentThatFailsLeavesNothing() throws IOException {
    FileContent failing =
        out -> {
          throw new UncheckedIOException(new IOException("no more rows"));
        };
    assertThatThrownBy(() -> LinkedFiles.create(file, failing)).hasMessageContaining("no more");
    assertThat(files(file.getParent())).isEmpty();
  }

  /** In an archive there are no links. */
  @Test
  void diskWithoutHardLinksIsTold() throws IOException {
    URI archive = URI.create("jar:" + folder.resolve("archive.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      Path inside = files.getPath("/below/file");
      assertThatThrownBy(() -> LinkedFiles.create(inside, text("one")))
          .isInstanceOf(NoAtomicCreationException.class)
          .hasMessageContaining("no file can be linked to its name there")
          .hasMessageContaining("use a folder on a disk with hard links");
      assertThat(files(inside.getParent())).isEmpty();
    }
  }
}
