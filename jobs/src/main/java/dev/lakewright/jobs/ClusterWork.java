package dev.lakewright.jobs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Counts the jobs and tasks that Spark starts from now until {@link #end}. Spark tells of them a
 * little later, so that counts are whole only some time after the end, and it goes on listening
 * until it hears of a job that began after that.
 */
final class ClusterWork extends SparkListener {

  private final SparkContext spark;
  private final long begun = System.currentTimeMillis();
  private final AtomicLong jobs = new AtomicLong();
  private final AtomicLong tasks = new AtomicLong();
  private volatile long ended = Long.MAX_VALUE;

  private ClusterWork(SparkContext spark) {
    this.spark = spark;
  }

  static ClusterWork count(SparkContext spark) {
    ClusterWork work = new ClusterWork(spark);
    spark.addSparkListener(work);
    return work;
  }

  /** Counts nothing that begins later; only the first end counts. */
  void end() {
    if (ended == Long.MAX_VALUE) {
      ended = System.currentTimeMillis();
    }
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    if (within(job.time())) {
      jobs.incrementAndGet();
    } else if (job.time() > ended) {
      spark.removeSparkListener(this);
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    if (within(task.taskInfo().launchTime())) {
      tasks.incrementAndGet();
    }
  }

  private boolean within(long time) {
    return time >= begun && time <= ended;
  }

  /** What was counted, by name. */
  Map<String, Object> facts() {
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("jobs", jobs.get());
    facts.put("tasks", tasks.get());
    return facts;
  }
}
