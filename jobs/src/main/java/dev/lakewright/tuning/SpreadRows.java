package dev.lakewright.tuning;

import dev.lakewright.config.Folds;
import dev.lakewright.features.FeatureBlock;
import dev.lakewright.linear.BlockColumns;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.PartialSums;
import dev.lakewright.linear.Pass;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.FeatureCounts;
import dev.lakewright.model.Featurizer;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.ClassTotals;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** Blocks that are summed by one task, in their order. */
  record Part(int number, List<FeatureBlock> blocks) implements Serializable {}

  private SpreadRows(JavaSparkContext spark, JavaRDD<Part> parts, int partCount) {
    this.spark = spark;
    this.parts = parts;
    this.partCount = partCount;
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
    parts.count();
    return new SpreadRows(spark, parts, partCount);
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

  JavaSparkContext spark() {
    return spark;
  }

  /**
   * Rows and weights per part and class, of the rows themselves and of the copies that a training
   * takes: training 0 has all rows, training f + 1 those that train without fold f.
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Totals(
      Folds folds, long[][] rows, double[][] weights, long[][] copies, double[][] copyWeights)
      implements Serializable {

    Totals(Folds folds, int classes) {
      this(
          folds,
          new long[folds.parts()][classes],
          new double[folds.parts()][classes],
          new long[folds.count() + 1][classes],
          new double[folds.count() + 1][classes]);
    }

    /** Of the rows of the table that train without a fold; -1: of all. */
    ClassTotals without(int fold) {
      int classes = rows[0].length;
      ClassTotals sum = new ClassTotals(new long[classes], new double[classes]);
      for (int part = 0; part < rows.length; part++) {
        for (int k = 0; folds.train(part, fold) && k < classes; k++) {
          sum.rows()[k] += rows[part][k];
          sum.weights()[k] += weights[part][k];
        }
      }
      return sum;
    }

    /** The same with the copies that the training takes. */
    ClassTotals trained(int fold) {
      ClassTotals sum = without(fold);
      for (int k = 0; k < sum.rows().length; k++) {
        sum.rows()[k] += copies[fold + 1][k];
        sum.weights()[k] += copyWeights[fold + 1][k];
      }
      return sum;
    }

    double trainingWeight(int fold, LinearProblem problem) {
      double sum = 0;
      for (int part = 0; part < weights.length; part++) {
        for (int k = 0; folds.train(part, fold) && k < weights[part].length; k++) {
          sum += weights[part][k] * problem.classWeights()[k];
        }
      }
      for (int k = 0; k < copyWeights[fold + 1].length; k++) {
        sum += copyWeights[fold + 1][k] * problem.classWeights()[k];
      }
      return sum;
    }

    private void add(Totals other) {
      for (int k = 0; k < rows[0].length; k++) {
        for (int training = 0; training < copies.length; training++) {
          copies[training][k] += other.copies[training][k];
          copyWeights[training][k] += other.copyWeights[training][k];
        }
        for (int part = 0; part < rows.length; part++) {
          rows[part][k] += other.rows[part][k];
          weights[part][k] += other.weights[part][k];
        }
      }
    }

    private void count(FeatureBlock block, int row) {
      int label = block.label(row);
      if (!block.isCopy(row)) {
        rows[block.part(row)][label]++;
        weights[block.part(row)][label] += block.weight(row);
        return;
      }
      for (int training = 0; training < copies.length; training++) {
        if (block.trains(row, training - 1)) {
          copies[training][label]++;
          copyWeights[training][label] += block.weight(row);
        }
      }
    }
  }

  /** Counts the rows that an effort trains on: one job. */
  Totals totals(Folds folds, int classes, FoldTask.Effort effort) {
    List<Tuple2<Integer, Totals>> perPart =
        new ArrayList<>(
            parts
                .map(part -> new Tuple2<>(part.number(), totals(part, folds, classes, effort)))
                .collect());
    perPart.sort(Comparator.comparingInt(Tuple2::_1));
    Totals sum = new Totals(folds, classes);
    perPart.forEach(part -> sum.add(part._2()));
    return sum;
  }

  private static Totals totals(Part part, Folds folds, int classes, FoldTask.Effort effort) {
    Totals totals = new Totals(folds, classes);
    for (FeatureBlock block : part.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (effort.trains(block.key(row))) {
          totals.count(block, row);
        }
      }
    }
    return totals;
  }

  /**
   * Answers passes: one job.
   *
   * @param folds per pass, the fold whose rows have no say; -1: all have
   * @param featurizers by fold
   * @param totalWeights per pass
   */
  void answer(
      List<Pass> passes,
      int[] folds,
      Broadcast<Map<Integer, Featurizer>> featurizers,
      int classes,
      FoldTask.Effort effort,
      double[] totalWeights) {
    List<PartialSums.Question> questions = passes.stream().map(PartialSums.Question::of).toList();
    Broadcast<List<PartialSums.Question>> asked = spark.broadcast(questions);
    JavaPairRDD<Integer, PartialSums> sums =
        parts.mapToPair(
            part ->
                new Tuple2<>(
                    part.number(),
                    sum(part, asked.value(), folds, featurizers.value(), classes, effort)));
    new OrderedSums(sums, partCount).answer(passes, totalWeights);
    asked.destroy();
  }

  private static PartialSums sum(
      Part part,
      List<PartialSums.Question> questions,
      int[] folds,
      Map<Integer, Featurizer> featurizers,
      int classes,
      FoldTask.Effort effort) {
    PartialSums sums = PartialSums.zero(questions);
    SparseVector vector = new SparseVector();
    for (int fold : Arrays.stream(folds).distinct().toArray()) {
      Featurizer featurizer = featurizers.get(fold);
      int[] which = IntStream.range(0, folds.length).filter(i -> folds[i] == fold).toArray();
      RowMatrix matrix = new RowMatrix(featurizer.size());
      BlockColumns columns = new BlockColumns(featurizer.size());
      for (FeatureBlock block : part.blocks()) {
        matrix.clear();
        FeatureCounts counts = block.buffer();
        for (int row = 0; row < block.rows(); row++) {
          if (block.trains(row, fold) && effort.trains(block.key(row))) {
            block.read(row, counts);
            featurizer.weigh(counts, vector);
            matrix.add(vector, block.label(row), block.weight(row));
          }
        }
        sums.add(matrix, columns, classes, questions, which);
      }
    }
    return sums;
  }

  @Override
  public void close() {
    parts.unpersist();
  }
}
