package dev.lakewright.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lakewright.metrics.WeightedMetrics.Measured;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * All there is to say about some scored rows.
 *
 * @param unseenLabels rows whose label the model does not know
 * @param confusion true class × predicted class, without unseen labels
 * @param perClass in the order of classes
 * @param reliability bins of the largest probability that hold rows
 */
public record Evaluation(
    List<String> classes,
    long rows,
    long unseenLabels,
    Map<Metric, Double> metrics,
    Map<Metric, Interval> intervals,
    List<OfClass> perClass,
    List<List<Long>> confusion,
    List<Bin> reliability) {

  /** Bins of the histograms over [0, 1]. */
  public static final int HISTOGRAM_BINS = 20;

  /**
   * One class against the rest.
   *
   * @param roc points (false positive rate, recall); empty where undefined
   * @param precisionRecall points (recall, precision)
   * @param scoresOfClass rows of the class by its probability, in {@link #HISTOGRAM_BINS} bins
   * @param scoresOfOthers rows of other classes by this class's probability
   */
  public record OfClass(
      String label,
      long support,
      double precision,
      double recall,
      double f1,
      double rocAuc,
      double prAuc,
      Interval precisionInterval,
      Interval recallInterval,
      Interval f1Interval,
      List<Point> roc,
      List<Point> precisionRecall,
      List<Long> scoresOfClass,
      List<Long> scoresOfOthers) {}

  /** A point of a curve. */
  public record Point(double x, double y) {}

  /** Rows whose largest probability lies in one fifteenth of [0, 1]. */
  public record Bin(long rows, double confidence, double accuracy) {}

  /**
   * Measures.
   *
   * @param rows at least one
   * @param draws of the bootstrap; 0 for no intervals
   * @param confidence of the intervals, such as 0.95
   */
  public static Evaluation of(ScoredRows rows, int draws, double confidence, long seed) {
    WeightedMetrics metrics = new WeightedMetrics(rows, WeightedMetrics.Scope.RANKINGS);
    double[] once = new double[rows.rows()];
    Arrays.fill(once, 1);
    Measured measured = metrics.measure(once);
    Bootstrap bootstrap = new Bootstrap(metrics, rows.rows(), draws, confidence, seed);
    List<OfClass> perClass = new ArrayList<>();
    for (int label = 0; label < rows.classes().size(); label++) {
      perClass.add(ofClass(rows, label, metrics, measured, bootstrap));
    }
    return new Evaluation(
        rows.classes(),
        rows.rows(),
        Arrays.stream(rows.labels()).filter(label -> label < 0).count(),
        measured.values(),
        bootstrap.intervals(),
        perClass,
        confusion(rows),
        reliability(rows));
  }

  private static OfClass ofClass(
      ScoredRows rows, int label, WeightedMetrics metrics, Measured measured, Bootstrap bootstrap) {
    List<Curves.Cut> cuts = Curves.cuts(metrics.ranked(label));
    return new OfClass(
        rows.classes().get(label),
        Math.round(measured.support()[label]),
        measured.precision()[label],
        measured.recall()[label],
        measured.f1()[label],
        measured.rankings()[label].rocAuc(),
        measured.rankings()[label].prAuc(),
        bootstrap.interval(draw -> draw.precision()[label]),
        bootstrap.interval(draw -> draw.recall()[label]),
        bootstrap.interval(draw -> draw.f1()[label]),
        cuts.stream().map(cut -> new Point(cut.falsePositiveRate(), cut.recall())).toList(),
        cuts.stream().map(cut -> new Point(cut.recall(), cut.precision())).toList(),
        histogram(rows, label, true),
        histogram(rows, label, false));
  }

  private static List<Long> histogram(ScoredRows rows, int label, boolean ofClass) {
    long[] counts = new long[HISTOGRAM_BINS];
    for (int row = 0; row < rows.rows(); row++) {
      if ((rows.labels()[row] == label) == ofClass) {
        int bin = (int) (rows.probability(row, label) * HISTOGRAM_BINS);
        counts[Math.min(HISTOGRAM_BINS - 1, bin)]++;
      }
    }
    return Arrays.stream(counts).boxed().toList();
  }

  private static List<List<Long>> confusion(ScoredRows rows) {
    long[][] counts = new long[rows.classes().size()][rows.classes().size()];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.labels()[row] >= 0) {
        counts[rows.labels()[row]][rows.predicted()[row]]++;
      }
    }
    return Arrays.stream(counts).map(row -> Arrays.stream(row).boxed().toList()).toList();
  }

  private static List<Bin> reliability(ScoredRows rows) {
    long[] counts = new long[WeightedMetrics.BINS];
    double[] confidences = new double[WeightedMetrics.BINS];
    long[] hits = new long[WeightedMetrics.BINS];
    for (int row = 0; row < rows.rows(); row++) {
      if (rows.labels()[row] < 0) {
        continue;
      }
      int top = 0;
      for (int k = 1; k < rows.classes().size(); k++) {
        top = rows.probability(row, k) > rows.probability(row, top) ? k : top;
      }
      double confidence = rows.probability(row, top);
      int bin = Math.min(WeightedMetrics.BINS - 1, (int) (confidence * WeightedMetrics.BINS));
      counts[bin]++;
      confidences[bin] += confidence;
      hits[bin] += rows.labels()[row] == top ? 1 : 0;
    }
    List<Bin> bins = new ArrayList<>();
    for (int bin = 0; bin < counts.length; bin++) {
      if (counts[bin] > 0) {
        bins.add(
            new Bin(counts[bin], confidences[bin] / counts[bin], (double) hits[bin] / counts[bin]));
      }
    }
    return bins;
  }

  /** Metrics, intervals and per-class figures: what results and manifests tell. */
  public ObjectNode summary() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("rows", rows);
    json.put("unseen_labels", unseenLabels);
    ObjectNode values = json.putObject("metrics");
    metrics.forEach((metric, value) -> put(values, metric.key(), value));
    ObjectNode ranges = json.putObject("intervals");
    intervals.forEach((metric, interval) -> put(ranges, metric.key(), interval));
    ObjectNode classesJson = json.putObject("per_class");
    for (OfClass one : perClass) {
      ObjectNode node = classesJson.putObject(one.label());
      put(node, "precision", one.precision());
      put(node, "recall", one.recall());
      put(node, "f1", one.f1());
      put(node, "roc_auc", one.rocAuc());
      put(node, "pr_auc", one.prAuc());
      node.put("support", one.support());
      put(node, "precision_interval", one.precisionInterval());
      put(node, "recall_interval", one.recallInterval());
      put(node, "f1_interval", one.f1Interval());
    }
    return json;
  }

  /** The summary with confusion matrix and curves. */
  public ObjectNode toJson() {
    ObjectNode json = summary();
    ArrayNode names = json.putArray("classes");
    classes.forEach(names::add);
    ArrayNode matrix = json.putArray("confusion");
    for (List<Long> row : confusion) {
      ArrayNode counts = matrix.addArray();
      row.forEach(counts::add);
    }
    ArrayNode bins = json.putArray("reliability");
    for (Bin bin : reliability) {
      bins.addObject()
          .put("rows", bin.rows())
          .put("confidence", bin.confidence())
          .put("accuracy", bin.accuracy());
    }
    ObjectNode curves = json.putObject("curves");
    for (OfClass one : perClass) {
      ObjectNode node = curves.putObject(one.label());
      points(node.putArray("roc"), one.roc());
      points(node.putArray("precision_recall"), one.precisionRecall());
    }
    return json;
  }

  private static void points(ArrayNode array, List<Point> points) {
    points.forEach(point -> array.addArray().add(point.x()).add(point.y()));
  }

  private static void put(ObjectNode node, String key, double value) {
    if (Double.isFinite(value)) {
      node.put(key, value);
    } else {
      node.putNull(key);
    }
  }

  private static void put(ObjectNode node, String key, Interval interval) {
    if (Double.isFinite(interval.low())) {
      node.putArray(key).add(interval.low()).add(interval.high());
    }
  }
}
