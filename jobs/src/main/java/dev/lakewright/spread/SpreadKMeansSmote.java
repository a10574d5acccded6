package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.neighbours.RowBlock;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Resamplers;
import dev.lakewright.sampling.Sparsity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * K-means SMOTE (Douzas, Bacao, Last, 2018) over rows that stay spread: SMOTE within clusters of
 * all rows in which the class is strong enough, more rows where the class is sparse, which is told
 * by the distances between {@value #SAMPLE} of its rows at most.
 *
 * @param clusters of all rows
 * @param total rows that are made of all classes
 */
record SpreadKMeansSmote(
    SpreadSetting setting,
    SamplingConfig config,
    EncodedRows rows,
    ClassCounts counts,
    SpreadClusters clusters,
    long total,
    CachedRows cached)
    implements SpreadMaking {

  private static final int SAMPLE = 2000;

  /** The class's rows in a cluster. */
  private record Place(int cluster, long members) {}

  @Override
  public int neighbours() {
    return Resamplers.neighboursWithinClusters(config);
  }

  @Override
  public Dataset<Row> make(int label, long make) {
    EncodedRows members = rows.where(wanted -> wanted == label);
    List<Place> places = places(members, (double) make / total / 2);
    if (places.isEmpty()) {
      return smote(rows, counts).make(label, make);
    }
    double[] sparsities =
        places.stream()
            .mapToDouble(place -> Sparsity.log(distance(members, place), place.members))
            .toArray();
    int[] shares = Sparsity.shares(sparsities, make);
    return IntStream.range(0, shares.length)
        .filter(place -> shares[place] > 0)
        .mapToObj(place -> within(members, places.get(place), label, shares[place]))
        .reduce(Dataset::union)
        .orElseThrow();
  }

  /** Clusters with enough rows of a class, and a large enough share of them. */
  private List<Place> places(EncodedRows members, double threshold) {
    long[] sizes = sizes(clusters.members());
    long[] own = sizes(members.of(clusters.members()));
    return IntStream.range(0, config.clusters())
        .filter(c -> own[c] > neighbours() && own[c] >= threshold * sizes[c])
        .mapToObj(c -> new Place(c, own[c]))
        .toList();
  }

  private long[] sizes(Dataset<Row> members) {
    long[] sizes = new long[config.clusters()];
    members
        .groupBy(SpreadClusters.CLUSTER)
        .count()
        .collectAsList()
        .forEach(row -> sizes[row.getInt(0)] = row.getLong(1));
    return sizes;
  }

  private Dataset<Row> in(Place place) {
    return clusters.members().where(col(SpreadClusters.CLUSTER).equalTo(place.cluster));
  }

  /** Mean distance between two rows of a sample that the rows' numbers and the seed decide. */
  private double distance(EncodedRows members, Place place) {
    EncodedRows there = members.only(in(place));
    EncodedRows sample =
        there.with(
            there
                .rows()
                .sort(xxhash64(col(EncodedRows.ROW), lit(config.seed())), col(EncodedRows.ROW))
                .limit(SAMPLE));
    return sample.blocks().repartition(1).mapPartitions(SpreadKMeansSmote::distances).first();
  }

  private static Iterator<Double> distances(Iterator<RowBlock> arriving) {
    List<RowBlock> blocks = new ArrayList<>();
    arriving.forEachRemaining(blocks::add);
    RowBlock all = RowBlock.concatenated(blocks);
    int[] order =
        IntStream.range(0, all.rows())
            .boxed()
            .sorted(Comparator.comparingLong(row -> all.keys()[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    double sum = 0;
    for (int i = 0; i < order.length; i++) {
      for (int j = i + 1; j < order.length; j++) {
        sum += Math.sqrt(all.square(order[i], all, order[j]));
      }
    }
    double pairs = order.length * (order.length - 1.0) / 2;
    return List.of(sum / pairs).iterator();
  }

  private Dataset<Row> within(EncodedRows members, Place place, int label, long make) {
    long[] own = new long[counts.classes()];
    own[label] = place.members;
    return smote(members.only(in(place)), new ClassCounts(counts.names(), own)).make(label, make);
  }

  private SpreadSmote smote(EncodedRows some, ClassCounts own) {
    return new SpreadSmote(setting, some, own, neighbours(), cached);
  }
}
