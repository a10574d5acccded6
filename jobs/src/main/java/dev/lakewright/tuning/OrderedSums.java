package dev.lakewright.tuning;

import dev.lakewright.linear.PartialSums;
import dev.lakewright.linear.Pass;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/**
 * Sums that parts of the rows contribute, added up in the order of the parts' numbers, so that they
 * are the same whichever task ends first.
 */
public final class OrderedSums {

  /** Parts whose sums one task adds up before they go to the driver. */
  private static final int PARTS_PER_SUM = 8;

  private final JavaPairRDD<Integer, PartialSums> sums;
  private final int parts;

  /**
   * @param sums by part, {@code 0 <= part < parts}
   */
  public OrderedSums(JavaPairRDD<Integer, PartialSums> sums, int parts) {
    this.sums = sums;
    this.parts = parts;
  }

  /**
   * Answers passes: one job.
   *
   * @param totalWeights per pass, what its sums are divided by
   */
  public void answer(List<Pass> passes, double[] totalWeights) {
    List<Tuple2<Integer, PartialSums>> collected =
        (parts > PARTS_PER_SUM ? grouped() : sums).collect();
    PartialSums total = inOrder(collected.iterator());
    for (int i = 0; i < passes.size(); i++) {
      total.answer(i, passes.get(i), totalWeights[i]);
    }
  }

  /** Adds up neighbouring parts on the cluster. */
  private JavaPairRDD<Integer, PartialSums> grouped() {
    int groups = (parts + PARTS_PER_SUM - 1) / PARTS_PER_SUM;
    return sums.mapToPair(pair -> new Tuple2<>(pair._1() / PARTS_PER_SUM, pair))
        .groupByKey(new ByNumber(groups))
        .mapValues(group -> inOrder(group.iterator()));
  }

  private static PartialSums inOrder(Iterator<Tuple2<Integer, PartialSums>> numbered) {
    List<Tuple2<Integer, PartialSums>> ordered = new ArrayList<>();
    numbered.forEachRemaining(ordered::add);
    ordered.sort(Comparator.comparingInt(Tuple2::_1));
    PartialSums total = ordered.get(0)._2();
    ordered.subList(1, ordered.size()).forEach(next -> total.add(next._2()));
    return total;
  }

  /** The partition of a number is that number. */
  static final class ByNumber extends Partitioner {
    private static final long serialVersionUID = 1L;
    private final int parts;

    ByNumber(int parts) {
      this.parts = parts;
    }

    @Override
    public int numPartitions() {
      return parts;
    }

    @Override
    public int getPartition(Object key) {
      return (Integer) key;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof ByNumber places && places.parts == parts;
    }

    @Override
    public int hashCode() {
      return parts;
    }
  }
}
