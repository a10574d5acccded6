package dev.lakewright.neighbours;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;

/**
 * Centroids of a sample that depends on the rows' keys and a seed alone, in the order of the keys'
 * hashes. The sample is gathered in one task.
 */
final class SampledCells {

  /** Values of the sample that a task holds: 256 MB. */
  private static final long MOST_SAMPLED = 1L << 26;

  private static final int LEAST_SAMPLE_PER_CELL = 16;
  private static final int SAMPLE_PER_CELL = 64;

  private SampledCells() {}

  /**
   * Makes cells.
   *
   * @param rows dense
   * @param count how many; fewer where there are not so many rows in the sample
   */
  static Cells of(JavaRDD<RowBlock> rows, RowSize size, int count, long seed) {
    double share = Math.min(1, (double) samplePerCell(size, count) * count / size.rows());
    return rows.map(block -> sample(block, share, seed))
        .repartition(1)
        .mapPartitions(sample -> cells(sample, count, seed))
        .first();
  }

  /**
   * As many rows of the sample as cells, as they are.
   *
   * @param rows dense
   * @param count how many; fewer where there are not so many rows in the sample
   */
  static Cells unmoved(JavaRDD<RowBlock> rows, RowSize size, int count, long seed) {
    double wanted = count + 6 * Math.sqrt(count) + 1;
    double share = Math.min(1, wanted / size.rows());
    return rows.map(block -> sample(block, share, seed))
        .repartition(1)
        .mapPartitions(
            sample -> {
              DenseRows all = ordered(sample, seed);
              int cells = Math.min(count, all.rows());
              return List.of(new Cells(all.select(IntStream.range(0, cells).toArray()))).iterator();
            })
        .first();
  }

  /** By the rows' size alone, so that nothing else decides what is found. */
  private static long samplePerCell(RowSize size, int count) {
    long affordable = MOST_SAMPLED / count / Math.max(1, size.columns());
    return Math.max(LEAST_SAMPLE_PER_CELL, Math.min(SAMPLE_PER_CELL, affordable));
  }

  private static RowBlock sample(RowBlock block, double share, long seed) {
    return block.select(
        IntStream.range(0, block.rows())
            .filter(row -> Mixing.unit(Mixing.mix(block.keys()[row], seed)) < share)
            .toArray());
  }

  private static Iterator<Cells> cells(Iterator<RowBlock> arriving, int count, long seed) {
    DenseRows sample = ordered(arriving, seed);
    return List.of(KMeans.cells(sample, Math.min(count, sample.rows()))).iterator();
  }

  private static DenseRows ordered(Iterator<RowBlock> arriving, long seed) {
    List<RowBlock> blocks = new ArrayList<>();
    arriving.forEachRemaining(blocks::add);
    DenseRows sample = DenseRows.concatenation(blocks);
    int[] order =
        IntStream.range(0, sample.rows())
            .boxed()
            .sorted(Comparator.comparingLong(row -> Mixing.mix(sample.keys()[row], seed)))
            .mapToInt(Integer::intValue)
            .toArray();
    return sample.select(order);
  }
}
