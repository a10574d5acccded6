package dev.lakewright.tuning;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * Results of trials, cached on the cluster. They refer to what they were computed from, which
 * therefore stays until they are closed.
 */
record CachedResults(
    JavaRDD<FoldTask.Result> results,
    List<JavaRDD<FoldTask.Result>> cached,
    Broadcast<?> featurizers)
    implements AutoCloseable {

  /** Scores of one trial on every fold that was run, without who the rows are. */
  List<FoldScores> scores(int trial) {
    return results
        .filter(result -> result.outcome().trial() == trial)
        .flatMap(result -> result.scores().iterator())
        .map(FoldScores::nameless)
        .collect();
  }

  @Override
  public void close() {
    cached.forEach(JavaRDD::unpersist);
    featurizers.destroy();
  }
}
