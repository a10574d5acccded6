package dev.lakewright.logstore;

import dev.lakewright.atomic.FileContent;
import java.io.BufferedWriter;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;

/** Delta's actions as the lines of a file. */
final class LogLines {

  private LogLines() {}

  static FileContent content(Iterator<String> actions) {
    return out -> {
      Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
      while (actions.hasNext()) {
        writer.write(actions.next());
        writer.write('\n');
      }
      writer.flush();
    };
  }
}
