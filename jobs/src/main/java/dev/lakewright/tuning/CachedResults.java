package dev.lakewright.tuning;

import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Results of trials, cached on the cluster. They refer to what they were computed from, which
 * therefore stays until they are closed.
 */
record CachedResults(JavaRDD<FoldTask.Result> results, Broadcast<?> featurizers)
    implements AutoCloseable {

  @Override
  public void close() {
    results.unpersist();
    featurizers.destroy();
  }
}
