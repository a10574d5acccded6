package dev.lakewright.tuning;

import dev.lakewright.config.TuneConfig;
import dev.lakewright.lake.LabelledRows;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.DoubleFunction;
import org.apache.spark.api.java.JavaSparkContext;

/** The rows counted for each way of counting in use; the least recently used make room. */
final class CountedGroups implements AutoCloseable {

  /** Settings whose rows are kept: two, as a sampler alternates between promising ones. */
  private static final int MOST = 2;

  private final JavaSparkContext spark;
  private final LabelledRows rows;
  private final TuneConfig tune;
  private final Runnable beforeDropping;
  private final DoubleFunction<Plan.Room> room;
  private final Map<Key, CountedSweep> kept = new LinkedHashMap<>(8, 0.75f, true);

  /**
   * @param beforeDropping called before counted rows are dropped, to end what may refer to them
   */
  CountedGroups(
      JavaSparkContext spark, LabelledRows rows, TuneConfig tune, Runnable beforeDropping) {
    this(spark, rows, tune, beforeDropping, growth -> Plan.Room.of(spark, growth));
  }

  /**
   * @param room to plan with, by the rows that resampling and mix-up leave for each that there was
   */
  CountedGroups(
      JavaSparkContext spark,
      LabelledRows rows,
      TuneConfig tune,
      Runnable beforeDropping,
      DoubleFunction<Plan.Room> room) {
    this.spark = spark;
    this.rows = rows;
    this.tune = tune;
    this.beforeDropping = beforeDropping;
    this.room = room;
  }

  /** Rows that are counted alike and lie alike. */
  private record Key(Counting counting, TuneConfig.Plan plan) {}

  /**
   * The rows as a trial needs them, whatever others need.
   *
   * @param growth rows that resampling and mix-up leave the trial for each that there was
   * @throws dev.lakewright.errors.LakewrightException when the plan that is asked for does not fit
   */
  CountedSweep of(Counting counting, double growth) {
    Plan.Room there = room.apply(growth);
    for (TuneConfig.Plan plan : TuneConfig.Plan.values()) {
      CountedSweep counted = kept.get(new Key(counting, plan));
      if (counted != null && counted.plan().in(tune.plan(), there).kind() == plan) {
        return counted;
      }
    }
    makeRoom();
    CountedSweep fresh = CountedSweep.count(spark, rows, counting, tune, there);
    kept.put(new Key(counting, fresh.plan().kind()), fresh);
    return fresh;
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
