package dev.lakewright.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON that tells when it was damaged: its last field is the SHA-256 of the file's bytes, computed
 * with that field's digits all 0. The same tree gives the same bytes.
 */
final class ModelJson {

  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final String CHECKSUM = "checksum";
  private static final String END = "\"\n}\n";
  private static final int DIGITS = 64;

  private ModelJson() {}

  /** The bytes of a tree, a checksum added. */
  static byte[] seal(ObjectNode tree) {
    ObjectNode sealed = tree.deepCopy().put(CHECKSUM, "0".repeat(DIGITS));
    byte[] bytes = (print(sealed) + "\n").getBytes(StandardCharsets.UTF_8);
    byte[] digits = Sha256.of(bytes).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, bytes, digitsAt(bytes), DIGITS);
    return bytes;
  }

  private static String print(JsonNode tree) {
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    try {
      return MAPPER.writer(printer).writeValueAsString(tree);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  /**
   * The tree of bytes that may still be damaged.
   *
   * @param file name for messages
   * @throws StorageException when they are not a JSON object
   */
  static ObjectNode parse(String file, byte[] bytes) {
    try {
      if (MAPPER.readTree(bytes) instanceof ObjectNode object) {
        return object;
      }
    } catch (IOException e) {
      throw damaged(file, "it is not JSON", e);
    }
    throw damaged(file, "it is not a JSON object");
  }

  /**
   * Checks that bytes are as they were sealed.
   *
   * @throws StorageException when any of them differs
   */
  static void checkSeal(String file, byte[] bytes) {
    int at = digitsAt(bytes);
    if (at < 0) {
      throw damaged(file, "it is too short");
    }
    String stated = new String(bytes, at, DIGITS, StandardCharsets.US_ASCII);
    byte[] cleared = bytes.clone();
    Arrays.fill(cleared, at, at + DIGITS, (byte) '0');
    checkSha256(file, Sha256.of(cleared), stated);
  }

  /** Checks that a file has the stated SHA-256. */
  static void checkSha256(String file, String found, String stated) {
    if (!found.equals(stated)) {
      throw damaged(file, "its SHA-256 is %s, not %s as stated".formatted(found, stated));
    }
  }

  private static int digitsAt(byte[] bytes) {
    return bytes.length - END.length() - DIGITS;
  }

  /** A failure that names the file, the cause and the cure. */
  static StorageException damaged(String file, String cause) {
    return damaged(file, cause, null);
  }

  static StorageException damaged(String file, String cause, Exception exception) {
    return new StorageException(
        "%s is damaged: %s; restore it from a copy or use another version of the model"
            .formatted(file, cause),
        exception);
  }
}
