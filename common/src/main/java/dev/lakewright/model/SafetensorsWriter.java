package dev.lakewright.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes tensors in the <a href="https://github.com/huggingface/safetensors">safetensors</a>
 * format: length of the header (8 bytes, little-endian), a header in JSON padded by spaces to a
 * multiple of 8, then the tensors' elements, row-major and little-endian, without gaps.
 */
final class SafetensorsWriter {

  /** Copies a tensor's elements into a little-endian buffer of their size. */
  private interface Elements {
    void copyTo(ByteBuffer target);
  }

  private record Tensor(long bytes, Elements elements) {}

  private final ObjectNode header = JsonNodeFactory.instance.objectNode();
  private final List<Tensor> tensors = new ArrayList<>();
  private long length;

  SafetensorsWriter put(String name, byte[] elements) {
    return put(name, ElementType.U8, target -> target.put(elements), elements.length);
  }

  SafetensorsWriter put(String name, int[] elements) {
    return put(
        name, ElementType.I32, target -> target.asIntBuffer().put(elements), elements.length);
  }

  SafetensorsWriter put(String name, double[] elements) {
    return put(
        name, ElementType.F64, target -> target.asDoubleBuffer().put(elements), elements.length);
  }

  /** Adds a matrix of {@code rows × columns} elements. */
  SafetensorsWriter put(String name, float[] elements, int rows, int columns) {
    return put(
        name, ElementType.F32, target -> target.asFloatBuffer().put(elements), rows, columns);
  }

  private SafetensorsWriter put(String name, ElementType type, Elements elements, int... shape) {
    long bytes = type.bytes();
    ObjectNode entry = header.putObject(name).put("dtype", type.name());
    ArrayNode dimensions = entry.putArray("shape");
    for (int dimension : shape) {
      dimensions.add(dimension);
      bytes *= dimension;
    }
    entry.putArray("data_offsets").add(length).add(length + bytes);
    tensors.add(new Tensor(bytes, elements));
    length += bytes;
    return this;
  }

  /**
   * The file.
   *
   * @throws StorageException when it would have 2 GiB or more
   */
  byte[] bytes() {
    byte[] json = paddedHeader();
    long total = Long.BYTES + json.length + length;
    if (total > Integer.MAX_VALUE - 8) {
      throw new StorageException(
          ("the model's weights take %d bytes, and 2 GiB is the most; lower hash_bits or max_terms,"
                  + " or raise min_df")
              .formatted(total));
    }
    ByteBuffer file = ByteBuffer.allocate((int) total).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json);
    for (Tensor tensor : tensors) {
      int end = file.position() + (int) tensor.bytes();
      tensor.elements().copyTo(file.slice().order(ByteOrder.LITTLE_ENDIAN));
      file.position(end);
    }
    return file.array();
  }

  private byte[] paddedHeader() {
    try {
      String json = ModelJson.MAPPER.writeValueAsString(header);
      int length = json.getBytes(StandardCharsets.UTF_8).length;
      return (json + " ".repeat(Math.floorMod(-length, 8))).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of JSON nodes can always be written", e);
    }
  }
}
