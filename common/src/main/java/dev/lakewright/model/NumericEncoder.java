package dev.lakewright.model;

import dev.lakewright.config.NumericConfig;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Locale;

/**
 * A numeric column into features.
 *
 * @param standIn for a missing value
 * @param mean subtracted, with encode standardize
 * @param scale multiplied, with encode standardize; 0 for a constant column
 * @param cuts ascending, with encode bins: bin {@code i} holds the values from cut {@code i - 1},
 *     inclusive, to cut {@code i}
 */
@SuppressWarnings("ArrayRecordComponent")
record NumericEncoder(
    NumericConfig.Encode encode, double standIn, double mean, double scale, double[] cuts)
    implements Serializable {

  int size() {
    return encode == NumericConfig.Encode.BINS ? cuts.length + 1 : 1;
  }

  void encode(double number, int offset, SparseVector out) {
    double value = Double.isNaN(number) ? standIn : number;
    switch (encode) {
      case STANDARDIZE -> add(offset, (value - mean) * scale, out);
      case NONE -> add(offset, value, out);
      case BINS -> out.add(offset + bin(value), 1);
    }
  }

  private static void add(int index, double value, SparseVector out) {
    if ((float) value != 0) {
      out.add(index, (float) value);
    }
  }

  private int bin(double value) {
    int place = Arrays.binarySearch(cuts, value);
    return place >= 0 ? place + 1 : -place - 1;
  }

  String describe(String column, int feature) {
    if (encode != NumericConfig.Encode.BINS) {
      return column;
    }
    String low = feature == 0 ? "-inf" : number(cuts[feature - 1]);
    String high = feature == cuts.length ? "inf" : number(cuts[feature]);
    return column + " in [" + low + ", " + high + ")";
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
