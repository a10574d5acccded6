package dev.lakewright.ml;

import dev.lakewright.linear.BatchObjective;
import dev.lakewright.linear.BlockColumns;
import dev.lakewright.linear.LinearProblem;
import dev.lakewright.linear.Loss;
import dev.lakewright.linear.PartialSums;
import dev.lakewright.linear.Pass;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.tuning.OrderedSums;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/** The objective over blocks of rows that stay where they are: every pass is one job. */
final class SpreadObjective implements BatchObjective {

  private final JavaRDD<RowMatrix> blocks;
  private final int features;
  private final int classes;
  private final double totalWeight;

  SpreadObjective(JavaRDD<RowMatrix> blocks, int features, int classes, double totalWeight) {
    this.blocks = blocks;
    this.features = features;
    this.classes = classes;
    this.totalWeight = totalWeight;
  }

  @Override
  public int dimension() {
    return Math.multiplyExact(features + 1, outputs());
  }

  @Override
  public int outputs() {
    return Loss.outputs(classes);
  }

  @Override
  public boolean sameRows(LinearProblem one, LinearProblem other) {
    return true;
  }

  @Override
  public void run(List<Pass> passes) {
    List<PartialSums.Question> questions = passes.stream().map(PartialSums.Question::of).toList();
    Broadcast<List<PartialSums.Question>> asked =
        JavaSparkContext.fromSparkContext(blocks.context()).broadcast(questions);
    int width = features;
    int labels = classes;
    OrderedSums sums =
        new OrderedSums(
            blocks
                .mapPartitionsWithIndex(
                    (number, part) -> sum(number, part, asked.value(), width, labels), false)
                .mapToPair(pair -> pair),
            blocks.getNumPartitions());
    double[] weights = new double[passes.size()];
    Arrays.fill(weights, totalWeight);
    sums.answer(passes, weights);
    asked.destroy();
  }

  private static Iterator<Tuple2<Integer, PartialSums>> sum(
      int number,
      Iterator<RowMatrix> part,
      List<PartialSums.Question> questions,
      int features,
      int classes) {
    PartialSums sums = PartialSums.zero(questions);
    BlockColumns columns = new BlockColumns(features);
    int[] all = IntStream.range(0, questions.size()).toArray();
    part.forEachRemaining(block -> sums.add(block, columns, classes, questions, all));
    return List.of(new Tuple2<>(number, sums)).iterator();
  }
}
