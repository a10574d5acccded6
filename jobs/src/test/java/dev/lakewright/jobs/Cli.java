package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lakewright.lake.SparkForTests;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Runs the command line in this JVM, below a folder of the test's own. */
final class Cli {

  private final Path folder;
  private final List<String> settings = new ArrayList<>();
  private final Map<String, String> environment = new HashMap<>();

  Cli(Path folder) {
    this.folder = folder;
    set("registry.path", folder.resolve("models"));
  }

  /** A setting for every run from here on. */
  Cli set(String key, Object value) {
    settings.add("--set");
    settings.add(key + "=" + value);
    return this;
  }

  /** A variable of the environment for every run from here on. */
  Cli environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  /** What one run gave. */
  record Run(int code, String out, String err) {

    /** The result, the last line of standard output. */
    JsonNode json() {
      try {
        List<String> lines = out.lines().toList();
        return new ObjectMapper().readTree(lines.get(lines.size() - 1));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** The lines that tell of a failure, without the program's name. */
    String failure() {
      return String.join(
          "\n",
          err.lines()
              .filter(line -> line.startsWith("lakewright: "))
              .map(line -> line.substring("lakewright: ".length()))
              .toList());
    }

    Run succeeds() {
      Assertions.assertThat(code).as(err).isZero();
      return this;
    }

    /** The run must have failed with one line that contains the text, and the exit code. */
    void failsWith(int expected, String text) {
      Assertions.assertThat(failure()).contains(text);
      Assertions.assertThat(failure().lines()).hasSize(1);
      Assertions.assertThat(code).isEqualTo(expected);
      Assertions.assertThat(out).isEmpty();
    }
  }

  /** The words of a command line with every setting. */
  List<String> words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(1, settings);
    return all;
  }

  Run run(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int code = run(out, err, words);
    return new Run(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** Runs it, and gives the exit code; what it says can be read meanwhile. */
  int run(OutputStream out, OutputStream err, String... words) {
    Lakewright lakewright =
        new Lakewright(
            environment,
            config -> SparkForTests.session(),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false);
    return lakewright.run(words(words).toArray(String[]::new));
  }
}
