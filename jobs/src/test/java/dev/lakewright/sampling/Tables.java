package dev.lakewright.sampling;

import dev.lakewright.config.ConfigDocument;
import dev.lakewright.config.LakewrightConfig;
import dev.lakewright.config.SamplingConfig;
import dev.lakewright.matrix.RowMatrix;
import dev.lakewright.model.SparseVector;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Small tables, and the settings that people write. */
final class Tables {

  static final List<String> NAMES = List.of("a", "b", "c", "d");

  private Tables() {}

  /** {@code sampling.KEY=VALUE} settings. */
  static SamplingConfig config(String... settings) {
    List<String> keys = Arrays.stream(settings).map(setting -> "sampling." + setting).toList();
    return ConfigDocument.load(Optional.empty(), keys, Map.of())
        .bind(LakewrightConfig.class)
        .sampling();
  }

  /** The resampler of settings, on numbers only. */
  static Resampler resampler(String... settings) {
    return resampler(Columns.numbers(64), settings);
  }

  static Resampler resampler(Columns columns, String... settings) {
    return Resamplers.of(config(settings), NAMES, columns, Tables::probabilities).orElseThrow();
  }

  private static double[] probabilities(RowMatrix rows, int classes, long seed) {
    return IntStream.range(0, rows.rows()).mapToDouble(row -> cell(row, 99) / 1000.0).toArray();
  }

  /** 36, 16 and 8 rows of two numbers; classes overlap. The reference values are those of it. */
  static RowMatrix three() {
    return table(2, 3, 36, 16, 8);
  }

  /** 90 and 12 rows of two numbers, well mixed. */
  static RowMatrix mixed() {
    return table(2, 1, 90, 12);
  }

  /**
   * Rows whose classes alternate; numbers from 0 to 10.
   *
   * @param shift how far a class lies from the one before, in every column
   */
  static RowMatrix table(int columns, int shift, int... counts) {
    int rows = IntStream.of(counts).sum();
    float[][] values = new float[rows][columns];
    int[] labels = new int[rows];
    for (int row = 0; row < rows; row++) {
      int place = row * 7 % rows;
      for (labels[row] = 0; place >= counts[labels[row]]; labels[row]++) {
        place -= counts[labels[row]];
      }
      for (int column = 0; column < columns; column++) {
        values[row][column] = cell(row, column) / 100f + shift * labels[row];
      }
    }
    return matrix(values, labels);
  }

  /** A number from 0 to 999, by hashing; the reference values were computed with the same. */
  static int cell(int row, int column) {
    int hash = (int) (row * 2654435761L + column * 40503L + 12345);
    hash ^= hash >>> 15;
    hash *= (int) 2246822519L;
    hash ^= hash >>> 13;
    hash *= (int) 3266489917L;
    hash ^= hash >>> 16;
    return Integer.remainderUnsigned(hash, 1000);
  }

  /** Zeros have no entry; weights are 1, 2, 3, 1, … */
  static RowMatrix matrix(float[][] values, int... labels) {
    RowMatrix matrix = new RowMatrix(values[0].length);
    SparseVector vector = new SparseVector();
    for (int row = 0; row < values.length; row++) {
      vector.clear();
      for (int column = 0; column < values[row].length; column++) {
        if (values[row][column] != 0) {
          vector.add(column, values[row][column]);
        }
      }
      matrix.add(vector, labels[row], 1 + row % 3);
    }
    return matrix;
  }

  static float[] row(RowMatrix matrix, int row) {
    float[] values = new float[matrix.features()];
    for (int at = matrix.starts()[row]; at < matrix.starts()[row + 1]; at++) {
      values[matrix.columns()[at]] = matrix.values()[at];
    }
    return values;
  }

  /** Input rows that did not stay. */
  static int[] removed(RowMatrix input, Resampled resampled) {
    boolean[] there = new boolean[input.rows()];
    IntStream.range(0, resampled.rows().rows())
        .filter(row -> !resampled.isSynthetic(row))
        .forEach(row -> there[resampled.sources()[row]] = true);
    return IntStream.range(0, there.length).filter(row -> !there[row]).toArray();
  }

  /** Input rows that stayed. */
  static int[] kept(Resampled resampled) {
    return IntStream.range(0, resampled.rows().rows())
        .filter(row -> !resampled.isSynthetic(row))
        .map(row -> resampled.sources()[row])
        .toArray();
  }

  static long[] counts(RowMatrix matrix) {
    return matrix.classCounts(NAMES.size());
  }
}
