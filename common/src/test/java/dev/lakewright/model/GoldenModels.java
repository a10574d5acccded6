package dev.lakewright.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes the golden models of the current format version, with the scores they give. Run it once
 * for a new format version, {@code java -cp ... dev.lakewright.model.GoldenModels
 * common/src/test/resources/models/format-N}, and never again over files of a released version.
 */
final class GoldenModels {

  private GoldenModels() {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    write(directory.resolve("binary"), SampleModels.binary());
    write(directory.resolve("ternary"), SampleModels.ternary());
    write(directory.resolve("bagged"), SampleModels.bagged());
    write(directory.resolve("boosted"), SampleModels.boosted());
    write(directory.resolve("corrected"), SampleModels.corrected());
  }

  private static void write(Path directory, Classifier classifier) throws IOException {
    Files.createDirectories(directory);
    for (Map.Entry<String, byte[]> file : ClassifierStorage.write(classifier).entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
    }
    Files.write(directory.resolve("scores.txt"), SampleModels.scores(classifier));
  }
}
