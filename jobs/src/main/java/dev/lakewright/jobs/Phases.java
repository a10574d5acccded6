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
    long begin = System.nanoTime();
    try {
      return work.get();
    } finally {
      seconds.merge(phase, (System.nanoTime() - begin) / 1e9, Double::sum);
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
