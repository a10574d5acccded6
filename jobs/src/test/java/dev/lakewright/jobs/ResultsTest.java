package dev.lakewright.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.ConfigException;
import dev.lakewright.errors.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private Results results(Path file) {
    return new Results(new PrintStream(out, true), Optional.of(file));
  }

  private static JobResult unchanged(double seconds) {
    return new JobResult("retrain", "unchanged", Map.of("seconds", seconds));
  }

  @Test
  void aFileThatNothingCanBeWrittenToIsRefusedBeforeAnythingRuns() {
    assertThatThrownBy(() -> results(folder))
        .isInstanceOf(ConfigException.class)
        .hasMessage("--result %s is a folder; name a file in it", folder);
    Path absent = folder.resolve("absent/result.json");
    assertThatThrownBy(() -> results(absent))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "--result %s cannot be written: there is no folder %s; make it",
            absent, absent.getParent());
  }

  @Test
  void whatIsNoRegularFileIsWrittenToAndAFileOfTheFolderIsReplaced() throws IOException {
    Results device = results(Path.of("/dev/null"));
    device.tell(unchanged(1));
    device.keep();
    Path file = Files.writeString(folder.resolve("result.json"), "before");
    assertThat(file.toFile().setWritable(false)).isTrue();
    Results replaced = results(file);
    replaced.tell(unchanged(1));
    replaced.keep();
    assertThat(file).content().contains("\"status\":\"unchanged\"");
  }

  @Test
  void aFileThatCannotBeWrittenForAWhileHoldsTheNextResult() throws IOException {
    Path file = Files.createDirectory(folder.resolve("mounted")).resolve("result.json");
    Results results = results(file);
    Files.delete(file.getParent());
    assertThat(results.tell(unchanged(1))).isTrue();
    assertThatThrownBy(results::keep)
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("could not be written");
    Files.createDirectory(file.getParent());
    assertThat(results.tell(unchanged(2))).isFalse();
    results.keep();
    assertThat(file).content().contains("\"seconds\":2.0");
    assertThat(out.toString().lines()).hasSize(1);
  }
}
