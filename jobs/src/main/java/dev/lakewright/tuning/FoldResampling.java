package dev.lakewright.tuning;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.config.SamplingConfig.Family;
import dev.lakewright.matrix.RowMatrix;
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
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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
      Dataset<Row> weighed =
          cached.now(session.createDataFrame(weighed(choice, shared), VectorRows.SCHEMA));
      VectorRows vectors = VectorRows.of(weighed, featurizer.size());
      return resampled(choice, vectors, counts, make, session, shared);
    } catch (Exception e) { // also those that Spark does not declare
      shared.destroy();
      throw e;
    }
  }

  private ResampledTraining resampled(
      SpreadTrainings.Choice choice,
      VectorRows vectors,
      ClassCounts counts,
      long[] make,
      SparkSession session,
      Broadcast<Featurizer> featurizer) {
    SamplingConfig config = choice.sampling();
    SpreadSetting setting =
        new SpreadSetting(
            session,
            NeighbourSearch.of(1, config.seed()),
            TaskMemory.bytes(rows.spark()),
            line -> LOG.info("fold {}: {}", choice.fold(), line));
    try (SpreadResampling resampling =
        new SpreadResampling(setting, config, vectors.encoded(classes), counts, vectors::made)) {
      Optional<Dataset<Row>> derived =
          resampling.derivations(make).stream().reduce(Dataset::union).map(vectors::realized);
      Optional<Dataset<Row>> kept =
          config.method().family() == Family.OVER
              ? Optional.of(vectors.asTheyAre())
              : Optional.empty();
      JavaRDD<Row> trained =
          Stream.concat(derived.stream(), kept.stream())
              .reduce(Dataset::union)
              .orElseThrow()
              .toJavaRDD();
      long after = counts.rows() + Arrays.stream(make).sum();
      int partCount = partCount(after * vectors.entries());
      return ResampledTraining.of(
          rows.spark(),
          featurizer,
          parts(trained, partCount, vectors.features(), classes),
          partCount,
          classes.size());
    }
  }

  private static int partCount(long entries) {
    return (int) Math.max(1, Math.min(MOST_PARTS, entries / ENTRIES_PER_PART));
  }

  /** Parts depend on the rows alone; many that are made of one row lie in different ones. */
  private static JavaRDD<ResampledTraining.Part> parts(
      JavaRDD<Row> trained, int partCount, int features, List<String> classes) {
    return trained
        .mapToPair(row -> new Tuple2<>(VectorRows.part(row, partCount), row))
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
                        RowWeigher weigher = new RowWeigher(block, featurizer.value());
                        return IntStream.range(0, block.rows())
                            .filter(
                                row -> block.trains(row, fold) && trained.trains(block.key(row)))
                            .mapToObj(row -> weighed(weigher, row, number[0]++, method, labels));
                      })
                  .iterator();
            });
  }

  private static Row weighed(
      RowWeigher weigher,
      int row,
      long number,
      SamplingConfig.Method method,
      List<String> classes) {
    SparseVector vector = weigher.features(row);
    String label = classes.get(weigher.block().label(row));
    Resamplers.requireFinite(
        method, number, label, vector.indices(), vector.values(), 0, vector.size());
    return VectorRows.row(number, label, vector, weigher.block().weight(row));
  }
}
