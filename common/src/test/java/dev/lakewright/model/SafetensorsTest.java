package dev.lakewright.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lakewright.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {

  @Test
  void readsBackWhatWasWritten() {
    byte[] file =
        new SafetensorsWriter()
            .put("bytes", new byte[] {-1, 2})
            .put("ints", new int[] {Integer.MIN_VALUE, 7})
            .put("doubles", new double[] {-0.0, Double.MIN_VALUE, 3})
            .put("floats", new float[] {1, 2, 3, 4, 5, 6}, 3, 2)
            .put("none", new int[0])
            .bytes();
    SafetensorsReader read = new SafetensorsReader("weights", file);

    assertThat(read.bytes("bytes")).containsExactly(-1, 2);
    assertThat(read.ints("ints")).containsExactly(Integer.MIN_VALUE, 7);
    assertThat(read.doubles("doubles")).containsExactly(-0.0, Double.MIN_VALUE, 3);
    assertThat(read.floats("floats")).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(read.ints("none")).isEmpty();
  }

  /** Bytes that the safetensors library for Python 0.6 reads as the same tensor. */
  @Test
  void writesTheLayoutOfTheFormat() {
    byte[] file = new SafetensorsWriter().put("a", new int[] {258}).bytes();
    String header = "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}}  ";
    ByteBuffer expected =
        ByteBuffer.allocate(8 + header.length() + 4).order(ByteOrder.LITTLE_ENDIAN);
    expected.putLong(header.length()).put(header.getBytes(StandardCharsets.UTF_8)).putInt(258);

    assertThat(header.length() % 8).isZero();
    assertThat(file).isEqualTo(expected.array());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, 2]                                                          | its header is not a JSON object",
        "{\"a\":                                                         | its header is not JSON",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2],\"data_offsets\":[0,4]}} | tensor a has 4 bytes, and its shape needs 8",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[3],\"data_offsets\":[0,12]}} | tensor a lies at 0 to 12, where 0 to at most 8 is free",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[4,8]}} | tensor a lies at 4 to 8, where 0 to at most 8 is free",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[1],\"data_offsets\":[0,4]}} | it has 8 bytes of tensors, not 4",
        "{\"a\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}} | tensor a has the unknown dtype F16",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[-2],\"data_offsets\":[0,8]}} | tensor a has no shape or no data_offsets",
        "{\"a\":{\"dtype\":\"I32\",\"shape\":[2]}}                       | tensor a has no shape or no data_offsets",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}} | tensor a is too large",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[6],\"data_offsets\":[0,6]},\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[4,8]}} | tensor b lies at 4 to 8, where 6 to at most 8 is free",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"U8\",\"shape\":[8],\"data_offsets\":[0,8]}} | its header is not JSON"
      })
  void refusesHeadersThatDoNotDescribeTheFile(String header, String cause) {
    byte[] json = header.strip().getBytes(StandardCharsets.UTF_8);
    ByteBuffer file = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    file.putLong(json.length).put(json).putLong(1);

    assertRefused(file.array(), cause);
  }

  @Test
  void refusesHeadersOutOfBounds() {
    assertRefused(new byte[3], "it has 3 bytes, and its header needs 8");
    assertRefused(new byte[8], "its header claims 0 of 8 bytes");
    byte[] huge = new byte[16];
    Arrays.fill(huge, (byte) 0x7F);
    assertRefused(huge, "its header claims 9187201950435737471 of 16 bytes");
  }

  @Test
  void refusesToReadWhatIsNotThere() {
    SafetensorsReader read =
        new SafetensorsReader("w", new SafetensorsWriter().put("a", new int[] {1}).bytes());

    assertThatThrownBy(() -> read.ints("b"))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("w is damaged: it has no tensor b;");
    assertThatThrownBy(() -> read.doubles("a"))
        .isInstanceOf(StorageException.class)
        .hasMessageStartingWith("w is damaged: tensor a is I32, not F64;");
  }

  private static void assertRefused(byte[] file, String cause) {
    assertThatThrownBy(() -> new SafetensorsReader("w", file))
        .isInstanceOf(StorageException.class)
        .hasMessage(
            "w is damaged: "
                + cause
                + "; restore it from a copy or use another version of the model");
  }
}
