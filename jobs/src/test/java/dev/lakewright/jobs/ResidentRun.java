package dev.lakewright.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.Assertions;
import sun.misc.Signal;

/** A job that stays, in a thread of this JVM. */
final class ResidentRun {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> code;

  private ResidentRun(Cli cli, String... words) {
    code = CompletableFuture.supplyAsync(() -> cli.run(out, err, words));
  }

  /** Starts it, and waits until it listens to signals and has done a round. */
  static ResidentRun start(Cli cli, String... words) throws Exception {
    ResidentRun run = new ResidentRun(cli, words);
    run.result(0);
    return run;
  }

  /** The result on a line of standard output, once it is there. */
  JsonNode result(int line) throws IOException, InterruptedException {
    await(() -> out().lines().count() > line && out().endsWith("\n"));
    List<String> lines = out().lines().toList();
    Assertions.assertThat(lines).as(err()).hasSizeGreaterThan(line);
    return new ObjectMapper().readTree(lines.get(line));
  }

  /** Waits until standard error tells something. */
  void awaitTold(String text) throws InterruptedException {
    await(() -> err().contains(text));
    Assertions.assertThat(err()).contains(text);
  }

  private void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean() && !code.isDone() && System.nanoTime() < end) {
      Thread.sleep(20);
    }
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Sends this JVM SIGTERM, which the job listens to; Ctrl-C may be ignored in the background. */
  Cli.Run end() throws Exception {
    if (!code.isDone()) {
      Signal.raise(new Signal("TERM"));
    }
    return new Cli.Run(code.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), out(), err());
  }
}
