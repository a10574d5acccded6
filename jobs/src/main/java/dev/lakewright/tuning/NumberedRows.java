package dev.lakewright.tuning;

import dev.lakewright.model.Scorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.ml.Model;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Training rows of a frame with numbers from 0, and what the driver has to know of them to draw
 * subsets: no features.
 *
 * @param labels class indices, by number
 * @param weights by number
 */
@SuppressWarnings("ArrayRecordComponent")
record NumberedRows(Dataset<Row> frame, int[] labels, float[] weights) {

  /** Reads what the driver has to know: one job. */
  static NumberedRows of(Dataset<Row> frame) {
    List<Piece> pieces =
        frame
            .select(FoldFrames.NUMBER, FoldFrames.LABEL, FoldFrames.WEIGHT)
            .toJavaRDD()
            .mapPartitions(rows -> List.of(Piece.of(rows)).iterator())
            .collect();
    int size = pieces.stream().mapToInt(piece -> piece.numbers.length).sum();
    NumberedRows all = new NumberedRows(frame, new int[size], new float[size]);
    pieces.forEach(all::put);
    return all;
  }

  private void put(Piece piece) {
    for (int at = 0; at < piece.numbers.length; at++) {
      labels[piece.numbers[at]] = piece.labels[at];
      weights[piece.numbers[at]] = piece.weights[at];
    }
  }

  /** Whether some row's weight is another than 1. */
  boolean weighed() {
    for (float weight : weights) {
      if (weight != 1) {
        return true;
      }
    }
    return false;
  }

  /**
   * Numbers of the rows that a model puts wrongly: one job.
   *
   * @param some of the frame
   * @param classes number of them
   */
  static IntStream wrong(Model<?> model, Dataset<Row> some, int classes) {
    Dataset<Row> scored = model.transform(some);
    SparkScoring.Said said = SparkScoring.Said.in(scored);
    return scored
        .select(FoldFrames.NUMBER, FoldFrames.LABEL, said.column())
        .toJavaRDD()
        .mapPartitions(rows -> List.of(wrong(rows, said, classes)).iterator())
        .collect()
        .stream()
        .flatMapToInt(Arrays::stream);
  }

  private static int[] wrong(Iterator<Row> rows, SparkScoring.Said said, int classes) {
    IntStream.Builder numbers = IntStream.builder();
    double[] margins = new double[classes];
    rows.forEachRemaining(
        row -> {
          said.read(row.get(2), margins);
          if (Scorer.decision(margins) != (int) row.getDouble(1)) {
            numbers.add(row.getInt(0));
          }
        });
    return numbers.build().toArray();
  }

  /** What some rows tell. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Piece(int[] numbers, int[] labels, float[] weights)
      implements java.io.Serializable {

    static Piece of(Iterator<Row> iterator) {
      List<Row> rows = new ArrayList<>();
      iterator.forEachRemaining(rows::add);
      Piece piece = new Piece(new int[rows.size()], new int[rows.size()], new float[rows.size()]);
      for (int at = 0; at < rows.size(); at++) {
        Row row = rows.get(at);
        piece.numbers[at] = row.getInt(0);
        piece.labels[at] = (int) row.getDouble(1);
        piece.weights[at] = (float) row.getDouble(2);
      }
      return piece;
    }
  }
}
