package dev.lakewright.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each phase of a job took. */
public final class Phases {

  private final long started = System.nanoTime();
  private final Map<String, Double> seconds = new LinkedHashMap<>();

  /** Runs a phase and keeps its time; a phase that runs twice is added up. */
  public <T> T time(String phase, Supplier<T> work) {
    Stretch stretch = begin(phase);
    try {
      return work.get();
    } finally {
      stretch.end();
    }
  }

  /** Begins a phase that ends elsewhere. */
  public Stretch begin(String phase) {
    return new Stretch(phase);
  }

  /** A phase under way; only its first end counts. */
  public final class Stretch {
    private final String phase;
    private final long begun = System.nanoTime();
    private boolean ended;

    private Stretch(String phase) {
      this.phase = phase;
    }

    /** Keeps its time. */
    public void end() {
      if (!ended) {
        ended = true;
        seconds.merge(phase, (System.nanoTime() - begun) / 1e9, Double::sum);
      }
    }
  }

  /** Seconds per phase, to the millisecond, and in total. */
  public Map<String, Object> seconds() {
    Map<String, Object> all = new LinkedHashMap<>();
    seconds.forEach((phase, value) -> all.put(phase, rounded(value)));
    all.put("total", rounded((System.nanoTime() - started) / 1e9));
    return all;
  }

  private static double rounded(double value) {
    return Math.round(value * 1000) / 1000.0;
  }
}
