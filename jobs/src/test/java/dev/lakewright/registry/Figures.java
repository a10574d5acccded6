package dev.lakewright.registry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** How much the tests of the registry do; {@code bench/run registry} asks for more. */
public final class Figures {

  private Figures() {}

  /** Processes killed at a random operation, inside this one; a fifth of them on S3. */
  static int kills(Stores stores) {
    int kills = Integer.getInteger("lakewright.kills", 50);
    return stores.name().equals("s3") ? kills / 5 : kills - kills / 5;
  }

  /** Real processes that are killed by the operating system. */
  static int killedProcesses() {
    return Integer.getInteger("lakewright.killed_processes", 2);
  }

  /** Retrainings killed at a random operation on the registry, inside this process. */
  public static int retrainKills() {
    return Integer.getInteger("lakewright.retrain_kills", 3);
  }

  /** Processes of a retraining that are killed by the operating system. */
  public static int killedRetrainings() {
    return Integer.getInteger("lakewright.killed_retrainings", 1);
  }

  /** Versions that 16 publishers in two processes publish. */
  static int publishes() {
    return Integer.getInteger("lakewright.publishes", 32);
  }

  /** Writes a line of JSON to the file that asked for it. */
  public static void record(String line, Object... values) throws IOException {
    String file = System.getProperty("lakewright.figures");
    if (file != null) {
      Files.writeString(
          Path.of(file),
          line.formatted(values) + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }
}
