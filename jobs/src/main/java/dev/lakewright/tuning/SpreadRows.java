package dev.lakewright.tuning;

import dev.lakewright.config.Folds;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.BlockColumns;
import dev.lakewright.linear.PartialSums;
import dev.lakewright.linear.Pass;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * The counted rows, spread over the cluster in parts that depend on the rows alone: sums are taken
 * block by block within a part and part by part, so that they are the same on any cluster. To be
 * closed, which frees the executors' memory.
 */
final class SpreadRows implements AutoCloseable {

  private static final int BLOCKS_PER_PART = 16;
  private static final int MOST_PARTS = 256;

  private final JavaSparkContext spark;
  private final JavaRDD<Part> parts;
  private final int partCount;
  private final long size;

  /** Blocks that are summed by one task, in their order. */
  record Part(int number, List<FeatureBlock> blocks) implements Serializable {

    private long rows() {
      return blocks.stream().mapToLong(FeatureBlock::rows).sum();
    }
  }

  private SpreadRows(JavaSparkContext spark, JavaRDD<Part> parts, int partCount, long size) {
    this.spark = spark;
    this.parts = parts;
    this.partCount = partCount;
    this.size = size;
  }

  /** Puts every block where it belongs: one shuffle. */
  static SpreadRows of(JavaSparkContext spark, JavaRDD<FeatureBlock> counted) {
    int blocks = counted.map(FeatureBlock::number).fold(0, Math::max) + 1;
    int partCount =
        Math.max(1, Math.min(MOST_PARTS, (blocks + BLOCKS_PER_PART - 1) / BLOCKS_PER_PART));
    JavaRDD<Part> parts =
        counted
            .mapToPair(
                block -> new Tuple2<>((int) ((long) block.number() * partCount / blocks), block))
            .partitionBy(new OrderedSums.ByNumber(partCount))
            .mapPartitionsWithIndex(SpreadRows::part, true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    long size = parts.map(Part::rows).fold(0L, Long::sum);
    return new SpreadRows(spark, parts, partCount, size);
  }

  private static Iterator<Part> part(int number, Iterator<Tuple2<Integer, FeatureBlock>> blocks) {
    List<FeatureBlock> ordered = new ArrayList<>();
    blocks.forEachRemaining(pair -> ordered.add(pair._2()));
    ordered.sort(Comparator.comparingInt(FeatureBlock::number));
    return List.of(new Part(number, ordered)).iterator();
  }

  JavaRDD<Part> parts() {
    return parts;
  }

  /** How many rows there are, altered copies counted. */
  long size() {
    return size;
  }

  JavaSparkContext spark() {
    return spark;
  }

  /** Counts the rows that an effort trains on: one job. */
  SpreadTotals totals(Folds folds, int classes, FoldTask.Effort effort) {
    List<Tuple2<Integer, FoldTotals>> perPart =
        new ArrayList<>(
            parts
                .map(part -> new Tuple2<>(part.number(), totals(part, folds, classes, effort)))
                .collect());
    perPart.sort(Comparator.comparingInt(Tuple2::_1));
    return SpreadTotals.of(perPart.stream().map(Tuple2::_2).toList());
  }

  private static FoldTotals totals(Part part, Folds folds, int classes, FoldTask.Effort effort) {
    FoldTotals totals = new FoldTotals(folds, classes);
    part.blocks().forEach(block -> totals.count(block, effort));
    return totals;
  }

  /**
   * Answers passes: one job.
   *
   * @param trainings per pass, the rows that have a say
   * @param featurizers by fold
   */
  void answer(
      List<Pass> passes,
      List<DrawnTraining> trainings,
      Broadcast<Map<Integer, Featurizer>> featurizers,
      int classes,
      FoldTask.Effort effort) {
    List<PartialSums.Question> questions = passes.stream().map(PartialSums.Question::of).toList();
    Broadcast<List<PartialSums.Question>> asked = spark.broadcast(questions);
    List<Said> said = said(trainings);
    JavaPairRDD<Integer, PartialSums> sums =
        parts.mapToPair(
            part ->
                new Tuple2<>(
                    part.number(),
                    sum(part, asked.value(), said, featurizers.value(), classes, effort)));
    double[] totalWeights =
        IntStream.range(0, passes.size())
            .mapToDouble(i -> trainings.get(i).weight(passes.get(i).problem()))
            .toArray();
    new OrderedSums(sums, partCount).answer(passes, totalWeights);
    asked.destroy();
  }

  /** What rows have a say in: the places of the passes. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Said(DrawnTraining training, int[] which) implements Serializable {}

  private static List<Said> said(List<DrawnTraining> trainings) {
    return trainings.stream()
        .distinct()
        .map(
            training ->
                new Said(
                    training,
                    IntStream.range(0, trainings.size())
                        .filter(i -> trainings.get(i).equals(training))
                        .toArray()))
        .toList();
  }

  private static PartialSums sum(
      Part part,
      List<PartialSums.Question> questions,
      List<Said> said,
      Map<Integer, Featurizer> featurizers,
      int classes,
      FoldTask.Effort effort) {
    PartialSums sums = PartialSums.zero(questions);
    for (Said each : said) {
      Featurizer featurizer = featurizers.get(each.training().fold());
      RowMatrix matrix = new RowMatrix(featurizer.size());
      BlockColumns columns = new BlockColumns(featurizer.size());
      long number = each.training().firstOf(part.number());
      for (FeatureBlock block : part.blocks()) {
        matrix.clear();
        number = weigh(block, number, each.training(), featurizer, effort, matrix);
        sums.add(matrix, columns, classes, questions, each.which());
      }
    }
    return sums;
  }

  /**
   * Adds the rows of a block that a training takes, a row of several copies as one of their weight.
   *
   * @param first number of the block's first training row
   * @return the number of the next block's
   */
  private static long weigh(
      FeatureBlock block,
      long first,
      DrawnTraining training,
      Featurizer featurizer,
      FoldTask.Effort effort,
      RowMatrix out) {
    SparseVector vector = new SparseVector();
    FeatureCounts counts = block.buffer();
    long number = first;
    for (int row = 0; row < block.rows(); row++) {
      if (block.trains(row, training.fold()) && effort.trains(block.key(row))) {
        long times = training.times(number, block.label(row));
        number++;
        if (times > 0) {
          block.read(row, counts);
          featurizer.weigh(counts, vector);
          out.add(vector, block.label(row), times * block.weight(row));
        }
      }
    }
    return number;
  }

  @Override
  public void close() {
    parts.unpersist();
  }
}
