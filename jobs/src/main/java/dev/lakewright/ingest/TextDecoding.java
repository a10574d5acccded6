package dev.lakewright.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** Bytes of stated, missing or wrong charset into text. */
final class TextDecoding {

  private static final Charset WESTERN = Charset.forName("windows-1252");

  private TextDecoding() {}

  /**
   * Decodes. Without a usable charset: UTF-8 where it is valid, else Windows-1252, in which every
   * Western text is readable.
   *
   * @param charset name as stated; may be null or unknown
   * @return text; U+FFFD for bytes that the stated charset does not know
   */
  static String decode(byte[] content, String charset) {
    Charset stated = known(charset);
    if (stated != null && !stated.equals(StandardCharsets.US_ASCII)) {
      return new String(content, stated);
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .decode(ByteBuffer.wrap(content))
          .toString();
    } catch (CharacterCodingException notUtf8) {
      return new String(content, WESTERN);
    }
  }

  private static Charset known(String name) {
    if (name == null || name.isBlank()) {
      return null;
    }
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return null;
    }
  }
}
