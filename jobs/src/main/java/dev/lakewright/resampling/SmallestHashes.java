package dev.lakewright.resampling;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.when;

import dev.lakewright.lake.ColumnNames;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Finds, per class, where exactly as many rows lie below a cut of their random order as are wanted.
 * No row is sorted or moved. Hashes spread evenly, and the first bits of those near where the cut
 * is expected tell it. Where they do not spread, or several rows share the bits, histograms narrow
 * down the bucket of the cut until its hashes are few enough to be counted one by one.
 */
final class SmallestHashes {

  /** Rows of a bucket whose hashes the driver looks at. */
  static final long FEW = 100_000;

  private final Dataset<Row> rows;
  private final OrderedTally tally;
  private final Column order;
  private final Column content;
  private final long few;

  /**
   * @param rows with {@link ColumnNames#LABEL}
   * @param tally of these rows in this order
   * @param few rows of a bucket whose hashes the driver may look at
   */
  SmallestHashes(Dataset<Row> rows, OrderedTally tally, Column order, Column content, long few) {
    this.tally = tally;
    this.few = few;
    this.rows = rows;
    this.order = order;
    this.content = content;
  }

  /**
   * Hashes that begin alike.
   *
   * @param known bits that are alike
   * @param rank the wanted row's place among these, from 1
   * @param size rows of such hashes
   */
  private record Bucket(long low, int known, long rank, long size) {

    static Bucket ofAll(long rank, long size) {
      return new Bucket(Long.MIN_VALUE, 0, rank, size);
    }

    Column holds(Column order) {
      return known == 0 ? lit(true) : order.between(low, low | (-1L >>> known));
    }

    /** The part of it, of the stated sizes, that holds the wanted row. */
    Bucket part(long[] sizes) {
      int at = 0;
      long left = rank;
      while (left > sizes[at]) {
        left -= sizes[at++];
      }
      return new Bucket(HashBuckets.low(low, at, known), known + HashBuckets.BITS, left, sizes[at]);
    }
  }

  /**
   * The cuts.
   *
   * @param wanted per class, from 1 to its rows
   */
  Map<String, HashCut> cuts(Map<String, Long> wanted) {
    Map<String, HashCut> cuts = expected(wanted);
    Map<String, Bucket> missed = new TreeMap<>();
    wanted.forEach(
        (label, rank) -> {
          if (!cuts.containsKey(label)) {
            missed.put(label, Bucket.ofAll(rank, sizes().get(label)));
          }
        });
    while (mayNarrow(missed)) {
      narrow(missed);
    }
    if (!missed.isEmpty()) {
      cuts.putAll(exact(missed));
    }
    return cuts;
  }

  /** The cuts of the classes whose hash of the wanted rank lies where it is expected. */
  private Map<String, HashCut> expected(Map<String, Long> wanted) {
    Map<String, HashWindow> windows = new TreeMap<>();
    wanted.forEach(
        (label, rank) -> {
          HashWindow window = HashWindow.around(rank, sizes().get(label));
          if (window.rows() <= few) {
            windows.put(label, window);
          }
        });
    Map<String, HashCut> cuts = new TreeMap<>();
    if (!windows.isEmpty()) {
      tally
          .inside(windows)
          .forEach(
              (label, inside) ->
                  inside.cut(wanted.get(label)).ifPresent(cut -> cuts.put(label, cut)));
    }
    return cuts;
  }

  private Map<String, Long> sizes() {
    return tally.numbers().perClass();
  }

  private boolean mayNarrow(Map<String, Bucket> buckets) {
    return buckets.values().stream()
        .anyMatch(bucket -> bucket.size > few && bucket.known + HashBuckets.BITS < Long.SIZE);
  }

  private void narrow(Map<String, Bucket> buckets) {
    int known = buckets.values().iterator().next().known;
    Map<String, long[]> sizes = new HashMap<>();
    inside(buckets)
        .groupBy(col(ColumnNames.LABEL), HashBuckets.bits(order, known))
        .count()
        .collectAsList()
        .forEach(
            row ->
                sizes
                        .computeIfAbsent(row.getString(0), label -> new long[HashBuckets.BUCKETS])[
                        row.getInt(1)] =
                    row.getLong(2));
    buckets.replaceAll((label, bucket) -> bucket.part(sizes.get(label)));
  }

  private Dataset<Row> inside(Map<String, Bucket> buckets) {
    return rows.where(any(buckets, bucket -> bucket.holds(order)));
  }

  /**
   * One choice by class rather than a disjunction, of which Delta would first ask every file
   * whether it may hold such labels.
   */
  private static <T> Column any(Map<String, T> classes, Function<T, Column> condition) {
    Map<String, Column> conditions = new TreeMap<>();
    classes.forEach((label, value) -> conditions.put(label, condition.apply(value)));
    return byClass(conditions, lit(false));
  }

  /** The value of a row's class. */
  static Column byClass(Map<String, Column> values, Column otherwise) {
    Column chosen = null;
    for (Map.Entry<String, Column> each : values.entrySet()) {
      Column isClass = isClass(each.getKey());
      chosen =
          chosen == null ? when(isClass, each.getValue()) : chosen.when(isClass, each.getValue());
    }
    return chosen == null ? otherwise : chosen.otherwise(otherwise);
  }

  static Column isClass(String label) {
    return col(ColumnNames.LABEL).equalTo(label);
  }

  private record Counted(long value, long rows) {}

  private Map<String, HashCut> exact(Map<String, Bucket> buckets) {
    Map<String, List<Counted>> hashes = counted(inside(buckets), order);
    Map<String, HashCut> cuts = new TreeMap<>();
    Map<String, Long> split = new TreeMap<>();
    buckets.forEach(
        (label, bucket) -> {
          Place place = Place.of(hashes.get(label), bucket.rank);
          cuts.put(label, new HashCut(place.at.value, Optional.empty()));
          if (place.left < place.at.rows) {
            split.put(label, place.left);
          }
        });
    if (!split.isEmpty()) {
      divide(cuts, split);
    }
    return cuts;
  }

  /** The value at a rank, and how many of its rows are within the rank. */
  private record Place(Counted at, long left) {

    static Place of(List<Counted> ascending, long rank) {
      long left = rank;
      for (Counted each : ascending) {
        if (left <= each.rows) {
          return new Place(each, left);
        }
        left -= each.rows;
      }
      throw new IllegalStateException(
          "the table's rows changed between two passes: rank %d is beyond them".formatted(rank));
    }
  }

  /** Rows share the hash of the cut, since they share an id or are equal: their content decides. */
  private void divide(Map<String, HashCut> cuts, Map<String, Long> ranks) {
    Dataset<Row> tied =
        rows.where(
            any(
                ranks.keySet().stream()
                    .collect(java.util.stream.Collectors.toMap(l -> l, cuts::get)),
                cut -> order.equalTo(cut.hash())));
    Map<String, List<Counted>> contents = counted(tied, content);
    ranks.forEach(
        (label, rank) -> {
          Place place = Place.of(contents.get(label), rank);
          HashCut.Tie tie = new HashCut.Tie(place.at.value, place.left);
          cuts.put(label, new HashCut(cuts.get(label).hash(), Optional.of(tie)));
        });
  }

  private static Map<String, List<Counted>> counted(Dataset<Row> rows, Column value) {
    Map<String, List<Counted>> counted = new HashMap<>();
    rows.groupBy(col(ColumnNames.LABEL), value)
        .count()
        .collectAsList()
        .forEach(
            row ->
                counted
                    .computeIfAbsent(row.getString(0), label -> new ArrayList<>())
                    .add(new Counted(row.getLong(1), row.getLong(2))));
    counted.values().forEach(each -> each.sort(Comparator.comparingLong(Counted::value)));
    return counted;
  }
}
