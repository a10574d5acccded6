package dev.lakewright.neighbours;

import java.io.Serializable;
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
    double wanted = (double) samplePerCell(size, count) * count;
    return of(
        rows, wanted / size.rows(), seed, sample -> KMeans.cells(sample, fewer(count, sample)));
  }

  /**
   * As many rows of the sample as cells, as they are.
   *
   * @param rows dense
   * @param count how many; fewer where there are not so many rows in the sample
   */
  static Cells unmoved(JavaRDD<RowBlock> rows, RowSize size, int count, long seed) {
    double wanted = count + 6 * Math.sqrt(count) + 1;
    return of(
        rows,
        wanted / size.rows(),
        seed,
        sample -> new Cells(sample.select(IntStream.range(0, fewer(count, sample)).toArray())));
  }

  private static int fewer(int count, DenseRows sample) {
    return Math.min(count, sample.rows());
  }

  /** What a task makes of a sample in the order of its keys' hashes. */
  private interface Making extends Serializable {
    Cells of(DenseRows sample);
  }

  private static Cells of(JavaRDD<RowBlock> rows, double share, long seed, Making making) {
    return rows.map(block -> sample(block, share, seed))
        .repartition(1)
        .mapPartitions(sample -> List.of(making.of(ordered(sample, seed))).iterator())
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
