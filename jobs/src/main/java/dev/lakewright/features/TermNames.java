package dev.lakewright.features;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.model.FeatureCounter;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.RecordSchema;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Which terms stand behind hashed features: of those that share a bucket the most frequent one.
 * Hash buckets forget their terms, people want to read them.
 */
public final class TermNames {

  /** Rows looked at: those with the smallest keys. */
  private static final int MOST_ROWS = 20_000;

  private TermNames() {}

  /**
   * Names features.
   *
   * @param wanted indices of features
   * @return index to name, for those of the wanted ones that are terms and were met
   */
  public static Map<Integer, String> of(
      Dataset<Row> training, RecordSchema schema, Featurizer featurizer, Set<Integer> wanted) {
    Dataset<Row> rows = training.orderBy(ColumnNames.KEY, ColumnNames.ID).limit(MOST_ROWS);
    RowReader reader = new RowReader(schema, rows.schema());
    JavaSparkContext spark =
        JavaSparkContext.fromSparkContext(training.sparkSession().sparkContext());
    Broadcast<Featurizer> shared = spark.broadcast(featurizer);
    Broadcast<Set<Integer>> features = spark.broadcast(wanted);
    Map<Integer, Map<String, Integer>> counts =
        rows.toJavaRDD()
            .mapPartitions(part -> count(part, reader, shared.value(), features.value()))
            .reduce(TermNames::merge);
    shared.destroy();
    features.destroy();
    Map<Integer, String> names = new TreeMap<>();
    counts.forEach((feature, terms) -> names.put(feature, mostFrequent(terms)));
    return names;
  }

  private static Iterator<Map<Integer, Map<String, Integer>>> count(
      Iterator<Row> rows, RowReader reader, Featurizer featurizer, Set<Integer> wanted) {
    Map<Integer, Map<String, Integer>> counts = new HashMap<>();
    FeatureCounter counter = featurizer.newCounter();
    while (rows.hasNext()) {
      counter.visitTerms(
          reader.read(rows.next()),
          (space, id, bytes, start, end) -> {
            int feature = featurizer.feature(space, id);
            if (feature >= 0 && wanted.contains(feature)) {
              String term = new String(bytes, start, end - start, StandardCharsets.UTF_8);
              counts
                  .computeIfAbsent(feature, f -> new HashMap<>())
                  .merge(featurizer.nameTerm(space, term), 1, Integer::sum);
            }
          });
    }
    return List.of(counts).iterator();
  }

  private static Map<Integer, Map<String, Integer>> merge(
      Map<Integer, Map<String, Integer>> left, Map<Integer, Map<String, Integer>> right) {
    right.forEach(
        (feature, terms) -> {
          Map<String, Integer> mine = left.computeIfAbsent(feature, f -> new HashMap<>());
          terms.forEach((term, count) -> mine.merge(term, count, Integer::sum));
        });
    return left;
  }

  private static String mostFrequent(Map<String, Integer> terms) {
    return terms.entrySet().stream()
        .max(
            Map.Entry.<String, Integer>comparingByValue()
                .thenComparing(Map.Entry.<String, Integer>comparingByKey().reversed()))
        .orElseThrow()
        .getKey();
  }
}
