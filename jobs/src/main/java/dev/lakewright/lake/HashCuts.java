package dev.lakewright.lake;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;

import java.io.Serializable;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Cuts the range of a stable 64-bit hash into parts of stated shares, per stratum. A stratum with
 * few rows is cut between its own hashes, so that its parts have the stated sizes to the row; a
 * large one at the shares of the range, which its hashes fill evenly. No row moves: membership is a
 * comparison.
 */
final class HashCuts implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Strata up to this size are cut exactly: 160 kB of hashes each. */
  private static final long EXACT_ROWS = 20_000;

  private final double[] shares;
  private final Map<String, long[]> exact;

  private HashCuts(double[] shares, Map<String, long[]> exact) {
    this.shares = shares;
    this.exact = exact;
  }

  /**
   * @param shares ascending in (0, 1): where to cut; {@code shares.length + 1} parts
   * @param strata rows with a text column {@code stratum} and a long column {@code hash}
   * @param sizes rows per stratum
   */
  static HashCuts of(double[] shares, Dataset<Row> strata, Map<String, Long> sizes) {
    Object[] small =
        sizes.entrySet().stream()
            .filter(size -> !isLarge(size.getValue()))
            .map(Map.Entry::getKey)
            .toArray();
    Map<String, long[]> exact = new HashMap<>();
    if (small.length > 0) {
      strata
          .where(col("stratum").isin(small))
          .groupBy("stratum")
          .agg(collect_list("hash").as("hashes"))
          .collectAsList()
          .forEach(row -> exact.put(row.getString(0), cuts(shares, row.getList(1))));
    }
    return new HashCuts(shares, exact);
  }

  /** Whether a stratum is cut at the shares of the range. */
  static boolean isLarge(long rows) {
    return rows > EXACT_ROWS;
  }

  /** Cuts at the shares of the range, whatever the stratum. */
  static HashCuts nominal(double[] shares) {
    return new HashCuts(shares, new HashMap<>());
  }

  private static long[] cuts(double[] shares, java.util.List<Long> hashes) {
    long[] sorted = hashes.stream().mapToLong(Long::longValue).sorted().toArray();
    return Arrays.stream(shares)
        .mapToLong(
            share -> {
              int rank = (int) Math.round(share * sorted.length);
              return rank >= sorted.length ? Long.MAX_VALUE : sorted[rank];
            })
        .toArray();
  }

  /**
   * The part of a row: how many cuts lie at or below its hash.
   *
   * @param stratum null for rows without one, which are a stratum too
   */
  int part(String stratum, long hash) {
    long[] cuts = exact.get(stratum);
    int part = 0;
    for (int i = 0; i < shares.length; i++) {
      long cut = cuts == null ? atShare(shares[i]) : cuts[i];
      if (hash >= cut) {
        part = i + 1;
      }
    }
    return part;
  }

  private static long atShare(double share) {
    return (long) (Long.MIN_VALUE + share * 0x1p64);
  }

  /** Rows per value of a text column. */
  static Map<String, Long> sizes(Dataset<Row> rows, String column) {
    Map<String, Long> sizes = new LinkedHashMap<>();
    rows.groupBy(column)
        .count()
        .orderBy(column)
        .collectAsList()
        .forEach(row -> sizes.put(row.getString(0), row.getLong(1)));
    return sizes;
  }
}
