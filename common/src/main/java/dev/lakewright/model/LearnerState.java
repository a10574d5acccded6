package dev.lakewright.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * What an online learner needs to go on where it was, in one safetensors file: facts as JSON, and
 * two numbers per weight. Not a record that is compared: its arrays are large.
 *
 * @param facts anything that belongs to the same moment, such as how far the rows were read
 * @param sums of gradients, one per coordinate
 * @param squares sums of squared gradients, in step
 */
@SuppressWarnings("ArrayRecordComponent")
public record LearnerState(ObjectNode facts, double[] sums, double[] squares) {

  private static final String FACTS = "facts";
  private static final String SUMS = "sums";
  private static final String SQUARES = "squares";
  private static final String CHECKSUM = "crc32c";

  public LearnerState {
    if (sums.length != squares.length) {
      throw new IllegalArgumentException(
          "%d sums need as many squares, not %d".formatted(sums.length, squares.length));
    }
  }

  /** The file. */
  public byte[] write() {
    try {
      byte[] told = ModelJson.MAPPER.writeValueAsBytes(facts);
      return new SafetensorsWriter()
          .put(FACTS, told)
          .put(SUMS, sums)
          .put(SQUARES, squares)
          .put(CHECKSUM, new int[] {checksum(told, sums, squares)})
          .bytes();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }

  /**
   * Reads what {@link #write} made.
   *
   * @param file name for messages
   * @throws StorageException when it is damaged
   */
  public static LearnerState read(String file, byte[] bytes) {
    SafetensorsReader reader = new SafetensorsReader(file, bytes);
    byte[] told = reader.bytes(FACTS);
    double[] sums = reader.doubles(SUMS);
    double[] squares = reader.doubles(SQUARES);
    int[] stated = reader.ints(CHECKSUM);
    if (stated.length != 1
        || sums.length != squares.length
        || stated[0] != checksum(told, sums, squares)) {
      throw ModelJson.damaged(file, "its content does not fit its checksum");
    }
    try {
      if (ModelJson.MAPPER.readTree(told) instanceof ObjectNode facts) {
        return new LearnerState(facts, sums, squares);
      }
    } catch (IOException e) {
      throw ModelJson.damaged(file, "its facts are not JSON", e);
    }
    throw ModelJson.damaged(file, "its facts are not a JSON object");
  }

  private static int checksum(byte[] told, double[] sums, double[] squares) {
    CRC32C checksum = new CRC32C();
    checksum.update(told);
    update(checksum, sums);
    update(checksum, squares);
    return (int) checksum.getValue();
  }

  private static void update(CRC32C checksum, double[] values) {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 16).order(ByteOrder.LITTLE_ENDIAN);
    int step = buffer.capacity() / Double.BYTES;
    for (int from = 0; from < values.length; from += step) {
      int count = Math.min(step, values.length - from);
      buffer.clear();
      buffer.asDoubleBuffer().put(values, from, count);
      checksum.update(buffer.limit(count * Double.BYTES));
    }
  }
}
