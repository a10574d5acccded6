package dev.lakewright.jobs;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells on standard error how far a job is: on a terminal one live line per phase, redirected plain
 * lines.
 */
public final class Progress {

  private static final long REFRESH_MILLIS = 100;

  private final PrintStream out;
  private final boolean live;
  private long lastShown;
  private int liveLength;

  /** What was last said of how things stand, by topic. */
  private final Map<String, String> standing = new HashMap<>();

  /**
   * @param live whether {@code out} is a terminal, whose line can be written over
   */
  public Progress(PrintStream out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** A line that stays. */
  public synchronized void say(String line) {
    standing.clear();
    print(line);
  }

  /**
   * How things stand: a line that is not said again before something else was said, so that a job
   * that looks again and again is quiet.
   *
   * @param topic what the line is about, of which only the last one is known
   */
  public synchronized void stands(String topic, String line) {
    if (!line.equals(standing.put(topic, line))) {
      print(line);
    }
  }

  private void print(String line) {
    wipe();
    out.println(line);
    out.flush();
  }

  /**
   * How far a phase is; shown in place on a terminal, at its start and end elsewhere.
   *
   * @param done units done, of {@code total}
   * @param note what else to tell, such as the best score so far; may be empty
   */
  public synchronized void step(String phase, int done, int total, String note) {
    boolean edge = done == 0 || done >= total;
    if (!live) {
      if (edge) {
        out.println(line(phase, done, total, note));
        out.flush();
      }
      return;
    }
    long now = System.currentTimeMillis();
    if (edge || now - lastShown >= REFRESH_MILLIS) {
      lastShown = now;
      String line = line(phase, done, total, note);
      wipe();
      out.print(line);
      liveLength = line.length();
      if (done >= total) {
        out.println();
        liveLength = 0;
      }
      out.flush();
    }
  }

  private static String line(String phase, int done, int total, String note) {
    return phase + " " + done + "/" + total + (note.isEmpty() ? "" : "  " + note);
  }

  private void wipe() {
    if (liveLength > 0) {
      out.print("\r" + " ".repeat(liveLength) + "\r");
      liveLength = 0;
    }
  }
}
