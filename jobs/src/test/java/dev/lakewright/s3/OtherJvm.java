package dev.lakewright.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts programs of the tests in JVMs of their own. */
public final class OtherJvm {

  private OtherJvm() {}

  /**
   * Starts a class of the tests.
   *
   * @param options of Java
   */
  public static Process start(Class<?> program, List<String> options, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(Files.createTempFile("jvm", ".log").toFile())
        .start();
  }

  /** Settings as arguments: {@code key=value}. */
  public static List<String> words(java.util.Map<String, String> settings) {
    return settings.entrySet().stream().map(s -> s.getKey() + "=" + s.getValue()).toList();
  }
}
