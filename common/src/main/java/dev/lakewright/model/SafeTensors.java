package dev.lakewright.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.errors.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named one-dimensional arrays in the safetensors format: the header's length in eight
 * little-endian bytes, the header as JSON, the arrays' little-endian bytes.
 */
final class SafeTensors {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PREFIX = 8;
  private static final long MOST_HEADER = 100_000_000;

  private final String file;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private record Tensor(String type, long length, ByteBuffer bytes) {}

  /**
   * @param file what error messages call it
   */
  SafeTensors(String file) {
    this.file = file;
  }

  void put(String name, float[] values) {
    ByteBuffer bytes = allocate(values.length, Float.BYTES);
    bytes.asFloatBuffer().put(values);
    tensors.put(name, new Tensor("F32", values.length, bytes));
  }

  void put(String name, double[] values) {
    ByteBuffer bytes = allocate(values.length, Double.BYTES);
    bytes.asDoubleBuffer().put(values);
    tensors.put(name, new Tensor("F64", values.length, bytes));
  }

  void put(String name, int[] values) {
    ByteBuffer bytes = allocate(values.length, Integer.BYTES);
    bytes.asIntBuffer().put(values);
    tensors.put(name, new Tensor("I32", values.length, bytes));
  }

  void put(String name, byte[] values) {
    tensors.put(name, new Tensor("U8", values.length, ByteBuffer.wrap(values)));
  }

  private static ByteBuffer allocate(int length, int size) {
    return ByteBuffer.allocate(Math.multiplyExact(length, size)).order(ByteOrder.LITTLE_ENDIAN);
  }

  float[] floats(String name) {
    ByteBuffer bytes = bytes(name, "F32");
    float[] values = new float[bytes.remaining() / Float.BYTES];
    bytes.asFloatBuffer().get(values);
    return values;
  }

  double[] doubles(String name) {
    ByteBuffer bytes = bytes(name, "F64");
    double[] values = new double[bytes.remaining() / Double.BYTES];
    bytes.asDoubleBuffer().get(values);
    return values;
  }

  int[] integers(String name) {
    ByteBuffer bytes = bytes(name, "I32");
    int[] values = new int[bytes.remaining() / Integer.BYTES];
    bytes.asIntBuffer().get(values);
    return values;
  }

  byte[] bytes(String name) {
    ByteBuffer bytes = bytes(name, "U8");
    byte[] values = new byte[bytes.remaining()];
    bytes.get(values);
    return values;
  }

  private ByteBuffer bytes(String name, String type) {
    Tensor tensor = tensors.get(name);
    if (tensor == null || !tensor.type().equals(type)) {
      throw damaged("it has no array " + name + " of type " + type);
    }
    return tensor.bytes().duplicate().rewind().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The file's bytes; equal arrays in equal order give equal bytes. */
  byte[] toBytes() {
    ObjectNode header = JSON.createObjectNode();
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      Tensor tensor = entry.getValue();
      long end = offset + tensor.bytes().capacity();
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", tensor.type());
      node.putArray("shape").add(tensor.length());
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] text = padded(header);
    ByteBuffer all =
        ByteBuffer.allocate(Math.toIntExact(PREFIX + text.length + offset))
            .order(ByteOrder.LITTLE_ENDIAN);
    all.putLong(text.length).put(text);
    tensors.values().forEach(tensor -> all.put(tensor.bytes().duplicate().rewind()));
    return all.array();
  }

  /** The header with spaces behind, so that the arrays start at a multiple of eight bytes. */
  private static byte[] padded(ObjectNode header) {
    try {
      String text = JSON.writeValueAsString(header);
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      return (text + " ".repeat(Math.floorMod(-length, PREFIX))).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of strings and numbers is JSON", e);
    }
  }

  /**
   * Reads a file.
   *
   * @throws StorageException naming the file when it is not whole
   */
  static SafeTensors read(String file, byte[] content) {
    SafeTensors read = new SafeTensors(file);
    if (content.length < PREFIX) {
      throw read.damaged("it has only " + content.length + " bytes");
    }
    ByteBuffer all = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    long headerLength = all.getLong();
    if (headerLength < 2 || headerLength > MOST_HEADER || headerLength > content.length - PREFIX) {
      throw read.damaged("its header claims " + headerLength + " bytes");
    }
    JsonNode header = read.header(content, (int) headerLength);
    int start = PREFIX + (int) headerLength;
    header
        .properties()
        .forEach(entry -> read.add(entry.getKey(), entry.getValue(), content, start));
    return read;
  }

  private JsonNode header(byte[] content, int length) {
    try {
      JsonNode header = JSON.readTree(content, PREFIX, length);
      if (header == null || !header.isObject()) {
        throw damaged("its header is no JSON object");
      }
      return header;
    } catch (IOException e) {
      throw new StorageException(file + " is damaged: its header is no JSON", e);
    }
  }

  private void add(String name, JsonNode entry, byte[] content, int start) {
    long from = entry.path("data_offsets").path(0).asLong(-1);
    long to = entry.path("data_offsets").path(1).asLong(-1);
    long length = entry.path("shape").path(0).asLong(-1);
    String type = entry.path("dtype").asText();
    int size =
        switch (type) {
          case "F64" -> 8;
          case "F32", "I32" -> 4;
          case "U8" -> 1;
          default -> throw damaged("array " + name + " is of the unknown type '" + type + "'");
        };
    if (from < 0
        || to < from
        || to > content.length - start
        || length < 0
        || to - from != length * size) {
      throw damaged("array " + name + " lies outside the file");
    }
    ByteBuffer bytes = ByteBuffer.wrap(content, start + (int) from, (int) (to - from)).slice();
    tensors.put(name, new Tensor(type, length, bytes));
  }

  StorageException damaged(String how) {
    return new StorageException(
        file + " is damaged: " + how + "; restore the file or roll back to another version");
  }
}
