package dev.lakewright.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What must hold of a registry whatever happened to those who wrote to it. */
final class Soundness {

  private Soundness() {}

  /** No version is half there, and the champion loads. */
  static void check(Registry registry) {
    List<Integer> versions = registry.versions("spam");
    for (int number : versions) {
      assertThat(registry.verify("spam", number)).isEmpty();
      ModelVersion version = registry.version("spam", number);
      assertThat(version.checksum()).isEqualTo(checksum(version.facts().path("content").asText()));
    }
    if (registry.alias("spam", "champion").isPresent()) {
      LoadedVersion champion =
          registry.load("spam", "champion", List.of("model.json", "weights.safetensors"));
      assertThat(champion.files()).hasSize(2);
    }
  }

  /** No number is missing: removed versions keep their manifests. */
  static void checkNumbers(Registry registry) {
    int latest = registry.resolve("spam", "latest").number();
    for (int number = 1; number <= latest; number++) {
      assertThat(registry.version("spam", number).number()).isEqualTo(number);
    }
  }

  private static String checksum(String content) {
    java.util.Map<String, ModelFile> files = new java.util.TreeMap<>();
    Stores.files(content).forEach((name, bytes) -> files.put(name, ModelFile.of(bytes)));
    return Checksums.ofModel(files);
  }
}
