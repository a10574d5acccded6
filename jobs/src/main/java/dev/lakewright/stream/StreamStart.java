package dev.lakewright.stream;

import dev.lakewright.config.StreamConfig;
import dev.lakewright.lake.StreamedRows;
import dev.lakewright.lake.TableVersion;
import dev.lakewright.linear.FtrlProximal;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.LinearStart;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Classifier;
import dev.lakewright.sampling.ClassTotals;
import dev.lakewright.tuning.WarmStart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Where a stream begins: at the champion's weights, with the squares of past gradients estimated on
 * a sample of the rows that it was trained on.
 */
final class StreamStart {

  private final Classifier champion;
  private final StreamConfig config;
  private final StreamState.Problems problems;

  StreamStart(Classifier champion, StreamConfig config, StreamState.Problems problems) {
    this.champion = champion;
    this.config = config;
    this.problems = problems;
  }

  /**
   * Reads the sample.
   *
   * @param source what the champion learnt from
   * @param trained rows per class that it was trained on
   */
  StreamState of(
      StreamIdentity identity,
      TableVersion source,
      Map<String, Long> trained,
      StreamedRows rows,
      Weighing weighing) {
    int classes = champion.labels().size();
    long[] counts =
        champion.labels().stream().mapToLong(label -> trained.getOrDefault(label, 0L)).toArray();
    RowMatrix sample = new RowMatrix(champion.featurizer().size());
    long all = Arrays.stream(counts).sum();
    if (config.remember() > 0) {
      double share = (double) config.remember() / Math.max(1, all);
      weighing.forEach(
          rows.sample(source, share, config.seed()),
          Math.min(all, config.remember()),
          parts -> Merge.forEach(parts, (part, row) -> sample.add(part.matrix(), row)));
    }
    ClassTotals start = new ClassTotals(counts, weights(counts, sample));
    LinearProblem problem = problems.of(start);
    List<String> labels = new ArrayList<>(champion.labels());
    LinearStart weights =
        WarmStart.of(champion, champion.featurizer(), labels)
            .orElseThrow(() -> new IllegalStateException("a linear model shares its features"));
    FtrlProximal learner =
        new FtrlProximal(
            problem, classes, weights, StreamState.totalWeight(problem, start), identity.rate());
    if (sample.rows() > 0) {
      learner.remember(sample, (double) all / sample.rows());
    }
    return StreamState.first(
        identity, start, learner, source.version(), StreamCounts.none(classes, config.fading()));
  }

  /** Rows of a class weigh what those of the sample do. */
  private static double[] weights(long[] counts, RowMatrix sample) {
    ClassTotals sampled = ClassTotals.of(sample, counts.length);
    double[] weights = new double[counts.length];
    for (int k = 0; k < weights.length; k++) {
      double each = sampled.rows()[k] == 0 ? 1 : sampled.weights()[k] / sampled.rows()[k];
      weights[k] = counts[k] * each;
    }
    return weights;
  }
}
