package dev.lakewright.tuning;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Family;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.neighbours.NeighbourSearch;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Resamplers;
import dev.lakewright.sampling.Targets;
import dev.lakewright.spread.CachedRows;
import dev.lakewright.spread.SpreadResampling;
import dev.lakewright.spread.SpreadSetting;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Tuple2;

/**
 * Resamples the spread rows that train without a fold by methods that look at their features.
 *
 * @param totals of the rows that the effort trains on
 */
record FoldResampling(
    SpreadRows rows, SpreadTotals totals, List<String> classes, FoldTask.Effort effort) {

  private static final Logger LOG = LoggerFactory.getLogger(FoldResampling.class);

  private static final int ROWS_PER_BLOCK = 4096;
  private static final long ENTRIES_PER_PART = 1L << 21;
  private static final int MOST_PARTS = 1024;

  /**
   * Makes the rows that models of a choice are trained on.
   *
   * @param featurizer learnt without the fold
   * @throws dev.lakewright.errors.LakewrightException if the rows do not allow what is asked for
   */
  ResampledTraining training(SpreadTrainings.Choice choice, Featurizer featurizer) {
    SamplingConfig config = choice.sampling();
    ClassCounts counts = new ClassCounts(classes, totals.all().trained(choice.fold()).rows());
    Resamplers.requireClasses(config.method(), counts);
    long[] make =
        config.method().makesRows() ? Targets.toMake(config, counts) : new long[classes.size()];
    SparkSession session = SparkSession.builder().sparkContext(rows.spark().sc()).getOrCreate();
    Broadcast<Featurizer> shared = rows.spark().broadcast(featurizer);
    try (CachedRows cached = new CachedRows()) {
      VectorRows vectors =
          new VectorRows(
              cached.now(session.createDataFrame(weighed(choice, shared), VectorRows.SCHEMA)),
              featurizer.size());
      return resampled(choice, vectors, counts, make, session);
    } finally {
      shared.destroy();
    }
  }

  private ResampledTraining resampled(
      SpreadTrainings.Choice choice,
      VectorRows vectors,
      ClassCounts counts,
      long[] make,
      SparkSession session) {
    SamplingConfig config = choice.sampling();
    SpreadSetting setting =
        new SpreadSetting(
            session,
            NeighbourSearch.of(1, config.seed()),
            TaskMemory.bytes(rows.spark()),
            line -> LOG.info("fold {}: {}", choice.fold(), line));
    try (SpreadResampling resampling =
        new SpreadResampling(setting, config, vectors.encoded(classes), counts, vectors::made)) {
      List<Dataset<Row>> derivations = new ArrayList<>();
      resampling.derivations(make).forEach(each -> derivations.add(vectors.realized(each)));
      if (config.method().family() == Family.OVER) {
        derivations.add(vectors.asTheyAre());
      }
      long before = counts.rows();
      long after = before + Arrays.stream(make).sum();
      int partCount = partCount(after * vectors.entries());
      JavaRDD<Row> trained = derivations.stream().reduce(Dataset::union).orElseThrow().toJavaRDD();
      return ResampledTraining.of(
          rows.spark(),
          choice.fold(),
          vectors.features(),
          parts(trained, before, partCount, vectors.features(), classes),
          partCount,
          classes.size());
    }
  }

  private static int partCount(long entries) {
    return (int) Math.max(1, Math.min(MOST_PARTS, entries / ENTRIES_PER_PART));
  }

  /** Made rows lie beside their sources, so that parts depend on the rows alone. */
  private static JavaRDD<ResampledTraining.Part> parts(
      JavaRDD<Row> trained, long sources, int partCount, int features, List<String> classes) {
    return trained
        .mapToPair(row -> new Tuple2<>((int) (row.getLong(0) * partCount / sources), row))
        .partitionBy(new OrderedSums.ByNumber(partCount))
        .mapPartitionsWithIndex(
            (number, arriving) -> part(number, arriving, features, classes), true);
  }

  private static Iterator<ResampledTraining.Part> part(
      int number, Iterator<Tuple2<Integer, Row>> arriving, int features, List<String> classes) {
    List<Row> ordered = new ArrayList<>();
    arriving.forEachRemaining(pair -> ordered.add(pair._2()));
    ordered.sort(VectorRows.order());
    List<RowMatrix> blocks = new ArrayList<>();
    SparseVector vector = new SparseVector();
    for (int from = 0; from < ordered.size(); from += ROWS_PER_BLOCK) {
      RowMatrix block = new RowMatrix(features);
      ordered
          .subList(from, Math.min(ordered.size(), from + ROWS_PER_BLOCK))
          .forEach(row -> VectorRows.add(row, classes, vector, block));
      block.trim();
      blocks.add(block);
    }
    return List.of(new ResampledTraining.Part(number, blocks)).iterator();
  }

  /** The rows that train, weighed, by the numbers that a task would give them. */
  private JavaRDD<Row> weighed(SpreadTrainings.Choice choice, Broadcast<Featurizer> featurizer) {
    int fold = choice.fold();
    long[] before = totals.before(fold);
    List<String> labels = List.copyOf(classes);
    FoldTask.Effort trained = effort;
    SamplingConfig.Method method = choice.sampling().method();
    return rows.parts()
        .flatMap(
            part -> {
              long[] number = {before[part.number()]};
              return part.blocks().stream()
                  .flatMap(
                      block -> {
                        Weigher weigher = new Weigher(block, featurizer.value(), method, labels);
                        return IntStream.range(0, block.rows())
                            .filter(
                                row -> block.trains(row, fold) && trained.trains(block.key(row)))
                            .mapToObj(row -> weigher.row(number[0]++, row));
                      })
                  .iterator();
            });
  }

  /** Weighs rows of a block, one after another. */
  private static final class Weigher {

    private final FeatureBlock block;
    private final Featurizer featurizer;
    private final SamplingConfig.Method method;
    private final List<String> classes;
    private final FeatureCounts counts;
    private final SparseVector vector = new SparseVector();

    Weigher(
        FeatureBlock block,
        Featurizer featurizer,
        SamplingConfig.Method method,
        List<String> classes) {
      this.block = block;
      this.featurizer = featurizer;
      this.method = method;
      this.classes = classes;
      this.counts = block.buffer();
    }

    Row row(long number, int row) {
      block.read(row, counts);
      featurizer.weigh(counts, vector);
      String label = classes.get(block.label(row));
      Resamplers.requireFinite(
          method, number, label, vector.indices(), vector.values(), 0, vector.size());
      return VectorRows.row(number, label, vector, block.weight(row));
    }
  }
}
