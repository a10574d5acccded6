package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/** The rows counted for each way of counting in use; the least recently used make room. */
final class CountedGroups implements AutoCloseable {

  /** Settings whose rows are kept: two, as a sampler alternates between promising ones. */
  private static final int MOST = 2;

  private final JavaSparkContext spark;
  private final LabelledRows rows;
  private final TuneConfig tune;
  private final Runnable beforeDropping;
  private final Map<Counting, CountedSweep> kept = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * @param beforeDropping called before counted rows are dropped, to end what may refer to them
   */
  CountedGroups(
      JavaSparkContext spark, LabelledRows rows, TuneConfig tune, Runnable beforeDropping) {
    this.beforeDropping = beforeDropping;
    this.spark = spark;
    this.rows = rows;
    this.tune = tune;
  }

  CountedSweep of(Counting counting) {
    CountedSweep counted = kept.get(counting);
    if (counted == null) {
      makeRoom();
      counted = CountedSweep.count(spark, rows, counting, tune);
      kept.put(counting, counted);
    }
    return counted;
  }

  private void makeRoom() {
    if (kept.size() >= MOST) {
      beforeDropping.run();
    }
    Iterator<CountedSweep> oldest = kept.values().iterator();
    while (kept.size() >= MOST) {
      CountedSweep counted = oldest.next();
      oldest.remove();
      counted.close();
    }
  }

  @Override
  public void close() {
    kept.values().forEach(CountedSweep::close);
    kept.clear();
  }
}
