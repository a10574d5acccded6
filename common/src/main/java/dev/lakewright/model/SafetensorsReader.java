package dev.lakewright.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.lakewright.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads tensors in the safetensors format, as {@link SafetensorsWriter} describes it. Refuses a
 * file whose header is out of bounds, or whose tensors overlap, leave gaps or do not fit their
 * shapes.
 */
final class SafetensorsReader {

  private static final String METADATA = "__metadata__";

  private record Tensor(String name, ElementType type, List<Long> shape, long start, long end) {}

  private final String file;
  private final ByteBuffer elements;
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  /**
   * @param file name for messages
   * @throws StorageException when the bytes are not a safetensors file
   */
  SafetensorsReader(String file, byte[] bytes) {
    this.file = file;
    ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    if (bytes.length < Long.BYTES) {
      throw damaged("it has %d bytes, and its header needs 8".formatted(bytes.length));
    }
    long length = buffer.getLong();
    if (length < 2 || length > bytes.length - Long.BYTES) {
      throw damaged("its header claims %d of %d bytes".formatted(length, bytes.length));
    }
    int start = Long.BYTES + (int) length;
    JsonNode header = parse(new String(bytes, Long.BYTES, (int) length, StandardCharsets.UTF_8));
    this.elements = buffer.slice(start, bytes.length - start).order(ByteOrder.LITTLE_ENDIAN);
    header.properties().stream()
        .filter(entry -> !entry.getKey().equals(METADATA))
        .forEach(entry -> tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue())));
    checkLayout(bytes.length - start);
  }

  private JsonNode parse(String header) {
    try {
      JsonNode parsed = ModelJson.MAPPER.readTree(header);
      if (parsed.isObject()) {
        return parsed;
      }
    } catch (JsonProcessingException e) {
      throw damaged("its header is not JSON", e);
    }
    throw damaged("its header is not a JSON object");
  }

  private Tensor tensor(String name, JsonNode entry) {
    JsonNode offsets = entry.path("data_offsets");
    JsonNode shape = entry.path("shape");
    if (!isIntegers(offsets) || offsets.size() != 2 || !isIntegers(shape)) {
      throw damaged("tensor %s has no shape or no data_offsets".formatted(name));
    }
    List<Long> dimensions = new ArrayList<>();
    shape.forEach(dimension -> dimensions.add(dimension.longValue()));
    return new Tensor(
        name,
        type(name, entry.path("dtype").asText()),
        dimensions,
        offsets.get(0).longValue(),
        offsets.get(1).longValue());
  }

  private static boolean isIntegers(JsonNode node) {
    if (!node.isArray()) {
      return false;
    }
    for (JsonNode element : node) {
      if (!element.canConvertToLong() || !element.isIntegralNumber() || element.longValue() < 0) {
        return false;
      }
    }
    return true;
  }

  private ElementType type(String name, String dtype) {
    for (ElementType type : ElementType.values()) {
      if (type.name().equals(dtype)) {
        return type;
      }
    }
    throw damaged("tensor %s has the unknown dtype %s".formatted(name, dtype));
  }

  private void checkLayout(long available) {
    List<Tensor> byStart = new ArrayList<>(tensors.values());
    byStart.sort(Comparator.comparingLong(Tensor::start).thenComparingLong(Tensor::end));
    long expected = 0;
    for (Tensor tensor : byStart) {
      if (tensor.start() != expected || tensor.end() < tensor.start() || tensor.end() > available) {
        throw damaged(
            "tensor %s lies at %d to %d, where %d to at most %d is free"
                .formatted(tensor.name(), tensor.start(), tensor.end(), expected, available));
      }
      checkSize(tensor);
      expected = tensor.end();
    }
    if (expected != available) {
      throw damaged("it has %d bytes of tensors, not %d".formatted(available, expected));
    }
  }

  private void checkSize(Tensor tensor) {
    long stated = tensor.end() - tensor.start();
    long bytes = tensor.type().bytes();
    for (long dimension : tensor.shape()) {
      // an overflowing product would pass as a small one
      if (dimension != 0 && bytes > Integer.MAX_VALUE / dimension) {
        throw damaged("tensor %s is too large".formatted(tensor.name()));
      }
      bytes *= dimension;
    }
    if (bytes != stated) {
      throw damaged(
          "tensor %s has %d bytes, and its shape needs %d".formatted(tensor.name(), stated, bytes));
    }
  }

  byte[] bytes(String name) {
    ByteBuffer data = data(name, ElementType.U8);
    byte[] read = new byte[data.remaining()];
    data.get(read);
    return read;
  }

  int[] ints(String name) {
    ByteBuffer data = data(name, ElementType.I32);
    int[] read = new int[data.remaining() / Integer.BYTES];
    data.asIntBuffer().get(read);
    return read;
  }

  double[] doubles(String name) {
    ByteBuffer data = data(name, ElementType.F64);
    double[] read = new double[data.remaining() / Double.BYTES];
    data.asDoubleBuffer().get(read);
    return read;
  }

  float[] floats(String name) {
    ByteBuffer data = data(name, ElementType.F32);
    float[] read = new float[data.remaining() / Float.BYTES];
    data.asFloatBuffer().get(read);
    return read;
  }

  private ByteBuffer data(String name, ElementType type) {
    Tensor tensor = tensors.get(name);
    if (tensor == null) {
      throw damaged("it has no tensor %s".formatted(name));
    }
    if (tensor.type() != type) {
      throw damaged("tensor %s is %s, not %s".formatted(name, tensor.type(), type));
    }
    return elements
        .slice((int) tensor.start(), (int) (tensor.end() - tensor.start()))
        .order(ByteOrder.LITTLE_ENDIAN);
  }

  private StorageException damaged(String cause) {
    return ModelJson.damaged(file, cause);
  }

  private StorageException damaged(String cause, Exception exception) {
    return ModelJson.damaged(file, cause, exception);
  }
}
