package dev.lakewright.registry;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** SHA-256 checksums in hexadecimal. */
public final class Checksums {

  /** The files that decide how a model scores; others, such as its report, tell of it. */
  private static final Set<String> MODEL_FILES = Set.of("model.json", "weights.safetensors");

  private Checksums() {}

  /** Checksum of some bytes. */
  public static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Checksum of a model: that of the lines {@code name sha256} of its files, by name. */
  public static String ofModel(Map<String, ModelFile> files) {
    StringBuilder lines = new StringBuilder();
    new TreeMap<>(files)
        .forEach(
            (name, file) -> {
              if (MODEL_FILES.contains(name)) {
                lines.append(name).append(' ').append(file.sha256()).append('\n');
              }
            });
    return sha256(lines.toString().getBytes(StandardCharsets.UTF_8));
  }
}
