package dev.lakewright.spread;

import dev.lakewright.neighbours.ClusterMeans;
import dev.lakewright.neighbours.DenseRows;
import dev.lakewright.neighbours.RowBlock;
import java.util.Iterator;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;

/**
 * Spread rows in clusters.
 *
 * @param members {@link EncodedRows#ROW}, {@link #CLUSTER}, {@link #SQUARE}; computed
 * @param means per cluster that has rows, their mean
 */
record SpreadClusters(Dataset<Row> members, DenseRows means) {

  /** Number of a row's cluster. */
  static final String CLUSTER = "_lw_cluster";

  /** Squared distance of a row to the mean of its cluster. */
  static final String SQUARE = "_lw_square";

  private static final StructType SCHEMA =
      new StructType()
          .add(EncodedRows.ROW, DataTypes.LongType)
          .add(CLUSTER, DataTypes.IntegerType)
          .add(SQUARE, DataTypes.DoubleType);

  /**
   * Clusters rows of numbers.
   *
   * @param cached keeps the members
   */
  static SpreadClusters of(
      SpreadSetting setting, EncodedRows rows, int count, long seed, CachedRows cached) {
    JavaRDD<RowBlock> blocks = rows.blocks().persist(StorageLevel.MEMORY_AND_DISK());
    try (ClusterMeans found = ClusterMeans.of(blocks, count, seed)) {
      setting.tell(
          String.format(Locale.ROOT, "k-means: %d clusters of rows that stay spread", count));
      return new SpreadClusters(
          cached.now(
              setting
                  .spark()
                  .createDataFrame(found.members().flatMap(SpreadClusters::rows), SCHEMA)),
          found.means());
    } finally {
      blocks.unpersist();
    }
  }

  private static Iterator<Row> rows(ClusterMeans.Members members) {
    return IntStream.range(0, members.keys().length)
        .mapToObj(
            row ->
                RowFactory.create(
                    members.keys()[row], members.clusters()[row], members.squares()[row]))
        .iterator();
  }
}
