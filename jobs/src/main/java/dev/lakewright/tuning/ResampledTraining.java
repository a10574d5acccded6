package dev.lakewright.tuning;

import dev.lakewright.linear.BlockColumns;
import dev.lakewright.linear.PartialSums;
import dev.lakewright.linear.Pass;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.Featurizer;
import dev.lakewright.sampling.ClassTotals;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/**
 * Rows that resampling has left and made of a fold's spread rows, weighed, in parts that depend on
 * the rows alone. To be closed, which frees the executors' memory.
 */
final class ResampledTraining implements SpreadTraining, AutoCloseable {

  private final JavaSparkContext spark;
  private final Broadcast<Featurizer> featurizer;
  private final int features;
  private final JavaRDD<Part> parts;
  private final int partCount;
  private final ClassTotals totals;

  /** Rows that are summed by one task, in their order. */
  record Part(int number, List<RowMatrix> blocks) implements Serializable {

    private ClassTotals totals(int classes) {
      ClassTotals sum = ClassTotals.none(classes);
      blocks.forEach(block -> sum.add(ClassTotals.of(block, classes)));
      return sum;
    }
  }

  private ResampledTraining(
      JavaSparkContext spark,
      Broadcast<Featurizer> featurizer,
      JavaRDD<Part> parts,
      int partCount,
      ClassTotals totals) {
    this.spark = spark;
    this.featurizer = featurizer;
    this.features = featurizer.value().size();
    this.parts = parts;
    this.partCount = partCount;
    this.totals = totals;
  }

  /**
   * Computes the parts, which are kept until this is closed: one job.
   *
   * @param featurizer that rows which are lost are made again with; destroyed with this
   */
  static ResampledTraining of(
      JavaSparkContext spark,
      Broadcast<Featurizer> featurizer,
      JavaRDD<Part> parts,
      int partCount,
      int classes) {
    JavaRDD<Part> kept = parts.persist(StorageLevel.MEMORY_AND_DISK());
    try {
      List<Tuple2<Integer, ClassTotals>> perPart =
          new ArrayList<>(
              kept.map(part -> new Tuple2<>(part.number(), part.totals(classes))).collect());
      perPart.sort(Comparator.comparingInt(Tuple2::_1));
      ClassTotals totals = ClassTotals.none(classes);
      perPart.forEach(part -> totals.add(part._2()));
      return new ResampledTraining(spark, featurizer, kept, partCount, totals);
    } catch (Exception e) {
      // Spark throws checked exceptions without declaring them
      kept.unpersist();
      throw e;
    }
  }

  @Override
  public ClassTotals totals() {
    return totals;
  }

  JavaRDD<Part> parts() {
    return parts;
  }

  /** Answers passes of models that are trained on these rows: one job. */
  void answer(List<Pass> passes, int classes) {
    List<PartialSums.Question> questions = passes.stream().map(PartialSums.Question::of).toList();
    Broadcast<List<PartialSums.Question>> asked = spark.broadcast(questions);
    int columns = features;
    JavaPairRDD<Integer, PartialSums> sums =
        parts.mapToPair(
            part -> new Tuple2<>(part.number(), sum(part, asked.value(), columns, classes)));
    double[] totalWeights = passes.stream().mapToDouble(pass -> weight(pass.problem())).toArray();
    new OrderedSums(sums, partCount).answer(passes, totalWeights);
    asked.destroy();
  }

  private static PartialSums sum(
      Part part, List<PartialSums.Question> questions, int features, int classes) {
    PartialSums sums = PartialSums.zero(questions);
    BlockColumns columns = new BlockColumns(features);
    int[] all = IntStream.range(0, questions.size()).toArray();
    part.blocks().forEach(block -> sums.add(block, columns, classes, questions, all));
    return sums;
  }

  /** Frees memory; what still needs the rows makes them again. */
  void release() {
    parts.unpersist();
  }

  @Override
  public void close() {
    release();
    featurizer.destroy();
  }
}
