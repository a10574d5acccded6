package dev.lakewright.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;

/** The command line in a JVM of its own, as the launcher starts it. */
final class LakewrightProcess {

  private final Process process;
  private final Path out;
  private final Path err;

  private LakewrightProcess(Process process, Path out, Path err) {
    this.process = process;
    this.out = out;
    this.err = err;
  }

  /** Starts a job. Ctrl-C is heard, whatever the parent does with it. */
  static LakewrightProcess start(Cli cli, String... words) throws IOException {
    return start(List.of(), cli, words);
  }

  /** The same with more options of Java. */
  static LakewrightProcess start(List<String> javaOptions, Cli cli, String... words)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("env", "--default-signal=INT"));
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    try (Stream<String> options = Files.lines(Path.of("java.options"))) {
      options.filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(command::add);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    command.addAll(javaOptions);
    command.addAll(
        List.of(
            "-Xmx1g", "-cp", System.getProperty("java.class.path"), Lakewright.class.getName()));
    command.addAll(cli.words(words));
    Path out = cli.path("process.out");
    Path err = cli.path("process.err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    return new LakewrightProcess(process, out, err);
  }

  /** Waits, up to two minutes, until something holds, or the process ends. */
  LakewrightProcess await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1200 && !condition.getAsBoolean() && process.isAlive(); i++) {
      Thread.sleep(100);
    }
    return this;
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
  }

  /** Ctrl-C. */
  void interrupt() throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    Assertions.assertThat(process.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return process.exitValue();
  }

  String out() throws IOException {
    return Files.readString(out);
  }

  String err() throws IOException {
    return Files.readString(err);
  }
}
