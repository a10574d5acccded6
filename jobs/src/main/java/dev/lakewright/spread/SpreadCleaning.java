package dev.lakewright.spread;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;

import dev.lakewright.config.SamplingConfig;
import dev.lakewright.neighbours.CrossNeighbours;
import dev.lakewright.sampling.ClassCounts;
import dev.lakewright.sampling.Draws;
import dev.lakewright.sampling.Resamplers;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Finds spread rows that blur the border between classes; what stays is what a task would keep of
 * the same rows, see the methods of the package {@code sampling}.
 *
 * @param cleaned per class whether its rows may be removed
 */
record SpreadCleaning(SamplingConfig config, boolean[] cleaned, SpreadNeighbours search) {

  /**
   * The numbers of the rows that stay.
   *
   * @param counts of the rows
   */
  Dataset<Row> kept(EncodedRows rows, ClassCounts counts) {
    int k = Resamplers.neighboursToRemove(config);
    return switch (config.method()) {
      case TOMEK, SMOTE_TOMEK -> withoutLinks(rows);
      case ENN, SMOTE_ENN -> edited(rows, k);
      case REPEATED_ENN -> editedAgain(rows, counts, k, false);
      case ALL_KNN -> editedAgain(rows, counts, k, true);
      case ONE_SIDED -> withoutLinks(rows.only(oneSided(rows, counts)));
      case NEIGHBOURHOOD_CLEANING -> cleanedAround(rows, counts, k);
      default -> throw new IllegalArgumentException(config.method() + " cleans no spread rows");
    };
  }

  private boolean isCleaned(int label) {
    return cleaned[label];
  }

  /** Without the rows of Tomek links: two of different classes, each the nearest of the other. */
  private Dataset<Row> withoutLinks(EncodedRows rows) {
    Dataset<Row> labelled = search.labelled(search.within(rows, 1), rows.labels());
    Column nearest = col(SpreadNeighbours.NEIGHBOURS).getItem(0);
    Dataset<Row> strangers =
        labelled
            .select(
                col(EncodedRows.ROW),
                col(EncodedRows.CLASS),
                nearest.getField(SpreadNeighbours.OTHER).as(Derivation.OTHER_ROW),
                nearest.getField(SpreadNeighbours.OTHER_CLASS).as(SpreadNeighbours.OTHER_CLASS))
            .where(col(EncodedRows.CLASS).notEqual(col(SpreadNeighbours.OTHER_CLASS)));
    Dataset<Row> back =
        strangers.select(
            col(EncodedRows.ROW).as(Derivation.OTHER_ROW),
            col(Derivation.OTHER_ROW).as(EncodedRows.ROW));
    Dataset<Row> linked =
        strangers
            .join(back, EncodedRows.joined(EncodedRows.ROW, Derivation.OTHER_ROW), "left_semi")
            .where(cleanedClass());
    return without(rows, linked.select(EncodedRows.ROW));
  }

  private Column cleanedClass() {
    return col(EncodedRows.CLASS)
        .isin(IntStream.range(0, cleaned.length).filter(this::isCleaned).boxed().toArray());
  }

  private Dataset<Row> without(EncodedRows rows, Dataset<Row> removed) {
    return search.keep(
        rows.rows()
            .select(EncodedRows.ROW)
            .join(removed, EncodedRows.joined(EncodedRows.ROW), "left_anti"));
  }

  private Dataset<Row> edited(EncodedRows rows, int k) {
    return without(rows, disagreeing(rows, k, config.agreement()));
  }

  /** Rows of classes to clean that their neighbours disagree with. */
  private Dataset<Row> disagreeing(EncodedRows rows, int k, SamplingConfig.Agreement agreement) {
    return search
        .labelled(search.nearest(rows.where(this::isCleaned), rows, k), rows.labels())
        .filter((FilterFunction<Row>) row -> !SpreadNeighbours.neighbourhood(row).agrees(agreement))
        .select(EncodedRows.ROW);
  }

  /** As the repeated editing of a task: again with as many neighbours, or with 1, 2, … of them. */
  private Dataset<Row> editedAgain(
      EncodedRows rows, ClassCounts counts, int neighbours, boolean growing) {
    ClassCounts before = counts;
    EncodedRows left = rows;
    for (int pass = 1; ; pass++) {
      Dataset<Row> kept = pass(left, growing ? pass : neighbours);
      left = rows.only(kept);
      ClassCounts after = new ClassCounts(counts.names(), left.counts());
      boolean more = growing ? pass < neighbours : after.rows() < before.rows();
      if (!more || !counts.isOrderKept(after)) {
        return kept;
      }
      before = after;
    }
  }

  /** One editing, of which nothing stays in memory but the rows that it kept. */
  private Dataset<Row> pass(EncodedRows rows, int neighbours) {
    try (SpreadNeighbours own = search.again()) {
      Dataset<Row> removed =
          new SpreadCleaning(config, cleaned, own)
              .disagreeing(rows, neighbours, config.agreement());
      return without(rows, removed);
    }
  }

  /**
   * One-sided selection before its links are removed: of each class to clean a row drawn at random,
   * and those that are nearer to the smallest class than to it.
   */
  private Dataset<Row> oneSided(EncodedRows rows, ClassCounts counts) {
    int smallest = counts.smallest();
    EncodedRows rivals = rows.where(label -> label == smallest);
    Dataset<Row> selected =
        rows.where(label -> !isCleaned(label) || label == smallest).rows().select(EncodedRows.ROW);
    for (int label : counts.present()) {
      if (isCleaned(label) && label != smallest) {
        EncodedRows members = rows.where(wanted -> wanted == label);
        selected = selected.union(lost(members, rivals, seed(members, label, counts)));
      }
    }
    return search.keep(selected);
  }

  /** The one row of a class that is drawn. */
  private EncodedRows seed(EncodedRows members, int label, ClassCounts counts) {
    int place =
        new Draws(config.seed())
            .below(Math.toIntExact(counts.count(label)), Draws.Use.START, label, 0);
    return members.only(
        search.keep(
            members.rows().select(EncodedRows.ROW).sort(EncodedRows.ROW).offset(place).limit(1)));
  }

  /** The drawn row, and those that the nearest-neighbour rule puts into the smallest class. */
  private Dataset<Row> lost(EncodedRows members, EncodedRows rivals, EncodedRows seed) {
    String toSeed = "_lw_to_seed";
    Dataset<Row> near = search.of(members, rivals, 1, CrossNeighbours.Order.NEAREST);
    Dataset<Row> own =
        search
            .of(members, seed, 1, CrossNeighbours.Order.NEAREST)
            .select(col(EncodedRows.ROW), get(col(SpreadNeighbours.SQUARES), lit(0)).as(toSeed));
    // the drawn row has no distance to itself
    return near.join(own, EncodedRows.ROW)
        .where(col(toSeed).isNull().or(get(col(SpreadNeighbours.SQUARES), lit(0)).lt(col(toSeed))))
        .select(EncodedRows.ROW);
  }

  /** The neighbourhood cleaning rule (Laurikkala, 2001, figure 1). */
  private Dataset<Row> cleanedAround(EncodedRows rows, ClassCounts counts, int k) {
    int smallest = counts.smallest();
    boolean[] removable = new boolean[counts.classes()];
    for (int label : counts.present()) {
      removable[label] = isCleaned(label) && 2 * counts.count(label) > counts.count(smallest);
    }
    Dataset<Row> disagreeing = disagreeing(rows, k, SamplingConfig.Agreement.MODE);
    Dataset<Row> around =
        search
            .labelled(
                search.nearest(rows.where(label -> label == smallest), rows, k), rows.labels())
            .filter(
                (FilterFunction<Row>) row -> SpreadNeighbours.neighbourhood(row).isPutWrongly(k))
            .flatMap(
                (FlatMapFunction<Row, Long>)
                    row ->
                        SpreadNeighbours.neighbours(row).stream()
                            .filter(each -> removable[each.label()])
                            .map(SpreadNeighbours.Neighbour::row)
                            .iterator(),
                Encoders.LONG())
            .toDF(EncodedRows.ROW);
    return without(rows, disagreeing.union(around));
  }
}
