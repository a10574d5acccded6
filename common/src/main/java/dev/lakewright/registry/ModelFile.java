package dev.lakewright.registry;

/** What a manifest says of one file. */
public record ModelFile(String sha256, long bytes) {

  static ModelFile of(byte[] content) {
    return new ModelFile(Checksums.sha256(content), content.length);
  }
}
