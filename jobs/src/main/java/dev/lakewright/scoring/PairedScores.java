package dev.lakewright.scoring;

import dev.lakewright.lake.ColumnNames;
import dev.lakewright.metrics.ScoredRows;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The same rows scored by two models, in the same order, over the classes of either: a class that a
 * model does not know has the probability 0.
 *
 * @param marks per truth column that was asked for, the rows where it holds
 */
public record PairedScores(ScoredRows first, ScoredRows second, List<boolean[]> marks) {

  private static final String FIRST = "_lw_first";

  /** Place of the label, which scores and truths follow. */
  private static final int LABEL = 2;

  /** By key, id and label; ids may be missing in a table that no training checks. */
  static final Comparator<Row> IN_ORDER =
      Comparator.comparingLong((Row row) -> row.getLong(0))
          .thenComparing(row -> row.getString(1), Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(row -> row.getString(LABEL));

  public PairedScores {
    marks = List.copyOf(marks);
  }

  /**
   * Scores rows on the cluster and collects the scores, in the order of the rows' keys.
   *
   * @param labelled rows as {@code LabelledRows} holds them
   * @param truths columns of truth values to keep
   */
  public static PairedScores of(
      Dataset<Row> labelled, PortableModel first, PortableModel second, List<String> truths) {
    Dataset<Row> once =
        RowScoring.score(labelled, first)
            .withColumnRenamed(RowScoring.PREDICTION, FIRST + RowScoring.PREDICTION)
            .withColumnRenamed(RowScoring.PROBABILITIES, FIRST + RowScoring.PROBABILITIES);
    List<Column> kept = new ArrayList<>();
    for (String column :
        List.of(
            ColumnNames.KEY,
            ColumnNames.ID,
            ColumnNames.LABEL,
            FIRST + RowScoring.PREDICTION,
            FIRST + RowScoring.PROBABILITIES,
            RowScoring.PREDICTION,
            RowScoring.PROBABILITIES)) {
      kept.add(functions.col(column));
    }
    truths.forEach(truth -> kept.add(functions.col(truth)));
    List<Row> rows =
        new ArrayList<>(
            RowScoring.score(once, second).select(kept.toArray(Column[]::new)).collectAsList());
    // here, since to put them in order a cluster would score them twice: once to find its ranges
    rows.sort(IN_ORDER);
    return of(rows, first.classifier().labels(), second.classifier().labels(), truths.size());
  }

  private static PairedScores of(
      List<Row> rows, List<String> first, List<String> second, int truths) {
    TreeSet<String> all = new TreeSet<>(first);
    all.addAll(second);
    List<String> classes = List.copyOf(all);
    List<boolean[]> marks = new ArrayList<>();
    for (int truth = 0; truth < truths; truth++) {
      boolean[] marked = new boolean[rows.size()];
      for (int row = 0; row < marked.length; row++) {
        marked[row] = rows.get(row).getBoolean(LABEL + 5 + truth);
      }
      marks.add(marked);
    }
    return new PairedScores(
        scores(rows, classes, first, LABEL + 1), scores(rows, classes, second, LABEL + 3), marks);
  }

  private static ScoredRows scores(
      List<Row> rows, List<String> classes, List<String> known, int place) {
    int width = classes.size();
    int[] places = known.stream().mapToInt(classes::indexOf).toArray();
    int[] labels = new int[rows.size()];
    int[] predicted = new int[rows.size()];
    double[] probabilities = new double[rows.size() * width];
    for (int i = 0; i < labels.length; i++) {
      Row row = rows.get(i);
      labels[i] = classes.indexOf(row.getString(LABEL));
      predicted[i] = classes.indexOf(row.getString(place));
      List<Double> values = row.getList(place + 1);
      for (int k = 0; k < places.length; k++) {
        probabilities[i * width + places[k]] = values.get(k);
      }
    }
    return new ScoredRows(classes, labels, probabilities, predicted);
  }

  /** The rows of one mark alone. */
  public PairedScores where(int mark) {
    return new PairedScores(first.where(marks.get(mark)), second.where(marks.get(mark)), List.of());
  }
}
