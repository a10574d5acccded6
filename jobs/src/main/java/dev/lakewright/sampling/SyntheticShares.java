package dev.lakewright.sampling;

import dev.lakewright.neighbours.Mixing;
import dev.lakewright.neighbours.NeighbourBlock;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * How many synthetic rows each row is the base of: all as many, and some one more, which are those
 * whose places in a seeded order come first.
 *
 * @param each of every row
 * @param last the last row that has one more
 */
record SyntheticShares(int each, Place last) implements Serializable {

  private static final int BUCKETS = 1 << 14;

  /** A row's place in the seeded order. Rows of equal hash are ordered by where they lie. */
  record Place(long hash, int region, int row) implements Comparable<Place>, Serializable {

    /** Before all rows. */
    static final Place NONE = new Place(Long.MIN_VALUE, -1, -1);

    private static final Comparator<Place> ORDER =
        Comparator.comparingLong(Place::hash)
            .thenComparingInt(Place::region)
            .thenComparingInt(Place::row);

    @Override
    public int compareTo(Place other) {
      return ORDER.compare(this, other);
    }

    int bucket() {
      return (int) ((hash >>> 50) ^ (BUCKETS >>> 1));
    }
  }

  /** Divides {@code count} synthetic rows among the rows: two small jobs. */
  static SyntheticShares of(JavaRDD<NeighbourBlock> blocks, long rows, long count, long seed) {
    int each = Math.toIntExact(count / rows);
    long more = count % rows;
    if (more == 0) {
      return new SyntheticShares(each, Place.NONE);
    }
    long[] sizes = blocks.map(block -> sizes(block, seed)).reduce(SyntheticShares::sum);
    int bucket = 0;
    long before = 0;
    while (before + sizes[bucket] < more) {
      before += sizes[bucket++];
    }
    int last = bucket;
    List<Place> places =
        new ArrayList<>(blocks.flatMap(block -> places(block, seed, last).iterator()).collect());
    places.sort(Comparator.naturalOrder());
    return new SyntheticShares(each, places.get((int) (more - before - 1)));
  }

  int of(Place place) {
    return place.compareTo(last) <= 0 ? each + 1 : each;
  }

  /** The places of a block's rows. Rows of one key differ by which of them they are. */
  static Place[] places(NeighbourBlock block, long seed) {
    long[] keys = block.rows().keys();
    Place[] places = new Place[keys.length];
    for (int row = 0, repeated = 0; row < keys.length; row++) {
      repeated = row > 0 && keys[row] == keys[row - 1] ? repeated + 1 : 0;
      places[row] =
          new Place(Mixing.mix(keys[row], Mixing.mix(repeated, seed)), block.region(), row);
    }
    return places;
  }

  private static List<Place> places(NeighbourBlock block, long seed, int bucket) {
    List<Place> chosen = new ArrayList<>();
    for (Place place : places(block, seed)) {
      if (place.bucket() == bucket) {
        chosen.add(place);
      }
    }
    return chosen;
  }

  private static long[] sizes(NeighbourBlock block, long seed) {
    long[] sizes = new long[BUCKETS];
    for (Place place : places(block, seed)) {
      sizes[place.bucket()]++;
    }
    return sizes;
  }

  private static long[] sum(long[] a, long[] b) {
    long[] sum = a.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += b[i];
    }
    return sum;
  }
}
