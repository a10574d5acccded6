package dev.lakewright.s3;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** A door to a server that does not know of conditions: it renames their header. */
public final class DeafDoor extends Door {

  private static final String HEADER = "if-none-match:";
  private static final byte[] UNKNOWN = "x-unknown-one:".getBytes(StandardCharsets.ISO_8859_1);

  public DeafDoor(int server) throws IOException {
    super(server);
  }

  @Override
  Passage passage() {
    return new Passage() {
      @Override
      public void request(byte[] part, int length) {
        String text = new String(part, 0, length, StandardCharsets.ISO_8859_1);
        int at = text.toLowerCase(java.util.Locale.ROOT).indexOf(HEADER);
        if (at >= 0) {
          System.arraycopy(UNKNOWN, 0, part, at, UNKNOWN.length);
        }
      }

      @Override
      public boolean answer(byte[] part, int length) {
        return true;
      }
    };
  }
}
