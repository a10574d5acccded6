package dev.lakewright.resampling;

import dev.lakewright.config.LearnerConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import dev.lakewright.sampling.Origin;
import dev.lakewright.sampling.Resampled;
import dev.lakewright.sampling.Resampler;
import dev.lakewright.sampling.Resamplers;
import dev.lakewright.spread.Derivation;
import dev.lakewright.tuning.OutOfFoldProbabilities;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;

/**
 * Resamples all rows in one task.
 *
 * @param withKept whether derivations tell of the rows that stay too
 */
record TaskResampling(
    TableEncoding encoding,
    List<String> classes,
    SamplingConfig config,
    LearnerConfig learner,
    boolean withKept)
    implements FlatMapFunction<Iterator<Row>, Row> {

  /** Folds of the classifier that tells how hard rows are, as in imbalanced-learn. */
  private static final int FOLDS = 5;

  /** The method. */
  Resampler resampler() {
    return Resamplers.of(
            config, classes, encoding.columns(), new OutOfFoldProbabilities(learner, FOLDS))
        .orElseThrow();
  }

  @Override
  public Iterator<Row> call(Iterator<Row> arriving) {
    Gathered rows = gather(arriving);
    Resampled resampled = resampler().resample(rows.matrix, config.seed());
    int[] made = new int[rows.matrix.rows()];
    return IntStream.range(0, resampled.rows().rows())
        .filter(row -> withKept || resampled.isSynthetic(row))
        .mapToObj(row -> derivation(rows, resampled, row, made))
        .iterator();
  }

  /** Rows in the order of their numbers, so that where they came from does not matter. */
  private record Gathered(RowMatrix matrix, long[] numbers) {}

  private Gathered gather(Iterator<Row> arriving) {
    RowMatrix matrix = new RowMatrix(encoding.features());
    SparseVector vector = new SparseVector();
    long[] numbers = new long[1024];
    while (arriving.hasNext()) {
      Row row = arriving.next();
      if (matrix.rows() == numbers.length) {
        numbers = Arrays.copyOf(numbers, numbers.length * 2);
      }
      numbers[matrix.rows()] = row.getLong(0);
      encoding.read(row, vector);
      matrix.add(vector, classes.indexOf(row.getString(1)), 1);
    }
    long[] found = numbers;
    int[] order =
        IntStream.range(0, matrix.rows())
            .boxed()
            .sorted(Comparator.comparingLong(row -> found[row]))
            .mapToInt(Integer::intValue)
            .toArray();
    return new Gathered(
        matrix.select(order), Arrays.stream(order).mapToLong(row -> found[row]).toArray());
  }

  /**
   * @param made per source row how many rows were made of it so far
   */
  private Row derivation(Gathered rows, Resampled resampled, int row, int[] made) {
    int source = resampled.sources()[row];
    long number = rows.numbers[source];
    Origin origin = resampled.origins()[row];
    return switch (origin) {
      case ORIGINAL -> Derivation.kept(number);
      case COPY -> Derivation.copy(number, ++made[source]);
      case BETWEEN ->
          Derivation.between(
              number,
              rows.numbers[resampled.others()[row]],
              ++made[source],
              gap(rows.matrix, resampled, row),
              categories(resampled, row));
      case SCATTERED, VOTE, MEAN ->
          Derivation.of(
              number, origin, ++made[source], numbers(resampled, row), categories(resampled, row));
    };
  }

  private Double[] numbers(Resampled resampled, int row) {
    double[] numbers = new double[encoding.numeric().size()];
    encoding.numbers(resampled.rows(), row, numbers);
    return DoubleStream.of(numbers).boxed().toArray(Double[]::new);
  }

  private String[] categories(Resampled resampled, int row) {
    return encoding.categorical().isEmpty() ? null : encoding.categories(resampled.rows(), row);
  }

  /** How far a row lies on its segment, seen where the segment is longest. */
  private double gap(RowMatrix matrix, Resampled resampled, int row) {
    int width = encoding.numeric().size();
    double[] start = new double[width];
    double[] end = new double[width];
    double[] made = new double[width];
    encoding.numbers(matrix, resampled.sources()[row], start);
    encoding.numbers(matrix, resampled.others()[row], end);
    encoding.numbers(resampled.rows(), row, made);
    int longest = 0;
    for (int i = 1; i < width; i++) {
      if (Math.abs(end[i] - start[i]) > Math.abs(end[longest] - start[longest])) {
        longest = i;
      }
    }
    double length = end[longest] - start[longest];
    return length == 0 ? 0 : Math.min(1, Math.max(0, (made[longest] - start[longest]) / length));
  }
}
