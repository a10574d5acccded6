package dev.lakewright.jobs;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;

/** A JVM without Spark, Scala or Delta on its class path. */
final class PlainJvm {

  private PlainJvm() {}

  /** Scores JSON lines with a model's folder; one JSON line per record. */
  static List<String> score(String model, Path records) throws IOException, InterruptedException {
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(PlainJvm::belongsToCommon)
            .collect(Collectors.joining(File.pathSeparator));
    Assertions.assertThat(classPath).doesNotContain("spark", "scala-library", "delta");
    Path out = records.resolveSibling("plain.out");
    Path err = records.resolveSibling("plain.err");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                PlainScoring.class.getName(),
                model,
                records.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    Assertions.assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    Assertions.assertThat(process.exitValue()).as(Files.readString(err)).isZero();
    return Files.readAllLines(out);
  }

  private static boolean belongsToCommon(String entry) {
    return entry.contains("common" + File.separator + "target")
        || entry.contains("lakewright-common")
        || entry.contains("test-classes")
        || entry.matches(
            ".*(jackson-(core|databind|annotations)|lucene|icu4j|snakeyaml-engine)[^/]*\\.jar");
  }
}
