package dev.lakewright.linear;

import java.util.Arrays;

/**
 * Sums of logistic loss and gradient over the rows of a matrix, for several models in one pass. The
 * weights of all models lie side by side per feature ("lanes": {@code models × outputs}), so that
 * an entry of the matrix is read once and its feature's weights are one run of memory.
 *
 * <p>Loss: negative log likelihood of the softmax over margins (two classes: margins {@code [0,
 * m]}); see Hastie, Tibshirani, Friedman, <i>The Elements of Statistical Learning</i>, 4.4.
 */
final class LogisticKernel {

  private final int classes;
  private final int outputs;
  private final int models;
  private final int lanes;
  private final double[][] classWeights;
  private final double[] margins;
  private final double[] slopes;

  /**
   * @param classWeights per model, one per class
   */
  LogisticKernel(int classes, double[][] classWeights) {
    this.classes = classes;
    this.outputs = outputs(classes);
    this.models = classWeights.length;
    this.lanes = models * outputs;
    this.classWeights = classWeights;
    this.margins = new double[lanes];
    this.slopes = new double[lanes];
  }

  /** Outputs of a model: one for two classes, else one per class. */
  static int outputs(int classes) {
    return classes == 2 ? 1 : classes;
  }

  /**
   * Adds the sums over all rows.
   *
   * @param weights {@code features × lanes}
   * @param intercepts {@code lanes}
   * @param losses in and out: per model
   * @param gradient in and out: {@code features × lanes}
   * @param interceptGradient in and out: {@code lanes}
   */
  void accumulate(
      RowMatrix matrix,
      double[] weights,
      double[] intercepts,
      double[] losses,
      double[] gradient,
      double[] interceptGradient) {
    int[] starts = matrix.starts();
    int[] columns = matrix.columns();
    float[] values = matrix.values();
    for (int row = 0; row < matrix.rows(); row++) {
      int start = starts[row];
      int end = starts[row + 1];
      System.arraycopy(intercepts, 0, margins, 0, lanes);
      if (lanes == 1) {
        margins[0] = dot(columns, values, start, end, weights, margins[0]);
      } else {
        addMargins(columns, values, start, end, weights);
      }
      lossAndSlopes(matrix.label(row), matrix.weight(row), losses);
      for (int lane = 0; lane < lanes; lane++) {
        interceptGradient[lane] += slopes[lane];
      }
      if (lanes == 1) {
        addScaled(columns, values, start, end, slopes[0], gradient);
      } else {
        addGradient(columns, values, start, end, gradient);
      }
    }
  }

  /** Starts from the intercept, as the other path does: the same sum to the last bit. */
  private static double dot(
      int[] columns, float[] values, int start, int end, double[] weights, double intercept) {
    double sum = intercept;
    for (int at = start; at < end; at++) {
      sum += values[at] * weights[columns[at]];
    }
    return sum;
  }

  private static void addScaled(
      int[] columns, float[] values, int start, int end, double slope, double[] gradient) {
    for (int at = start; at < end; at++) {
      gradient[columns[at]] += values[at] * slope;
    }
  }

  private void addMargins(int[] columns, float[] values, int start, int end, double[] weights) {
    double[] sums = margins;
    int width = lanes;
    for (int at = start; at < end; at++) {
      double value = values[at];
      int base = columns[at] * width;
      for (int lane = 0; lane < width; lane++) {
        sums[lane] += value * weights[base + lane];
      }
    }
  }

  private void addGradient(int[] columns, float[] values, int start, int end, double[] gradient) {
    double[] factors = slopes;
    int width = lanes;
    for (int at = start; at < end; at++) {
      double value = values[at];
      int base = columns[at] * width;
      for (int lane = 0; lane < width; lane++) {
        gradient[base + lane] += value * factors[lane];
      }
    }
  }

  private void lossAndSlopes(int label, double rowWeight, double[] losses) {
    for (int model = 0; model < models; model++) {
      double weight = rowWeight * classWeights[model][label];
      losses[model] +=
          outputs == 1 ? binary(model, label, weight) : multinomial(model, label, weight);
    }
  }

  private double binary(int model, int label, double weight) {
    double margin = margins[model];
    // ln(1 + e^-|m|) never overflows
    double tail = Math.exp(-Math.abs(margin));
    double positive = margin >= 0 ? 1 / (1 + tail) : tail / (1 + tail);
    slopes[model] = weight * (positive - label);
    double signed = label == 1 ? margin : -margin;
    return weight * (Math.log1p(tail) + Math.max(0, -signed));
  }

  private double multinomial(int model, int label, double weight) {
    int base = model * outputs;
    double largest = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < classes; k++) {
      largest = Math.max(largest, margins[base + k]);
    }
    double total = 0;
    for (int k = 0; k < classes; k++) {
      double e = Math.exp(margins[base + k] - largest);
      slopes[base + k] = e;
      total += e;
    }
    double scale = weight / total;
    for (int k = 0; k < classes; k++) {
      slopes[base + k] *= scale;
    }
    slopes[base + label] -= weight;
    return weight * (Math.log(total) + largest - margins[base + label]);
  }

  /** Lays several models' points side by side per feature. */
  static void interleave(double[][] points, int features, int outputs, double[] lanesOut) {
    int lanes = points.length * outputs;
    for (int model = 0; model < points.length; model++) {
      double[] point = points[model];
      for (int feature = 0; feature < features; feature++) {
        System.arraycopy(
            point, feature * outputs, lanesOut, feature * lanes + model * outputs, outputs);
      }
    }
  }

  /** The reverse of {@link #interleave}, each value times {@code scales[model]}. */
  static void separate(
      double[] lanesIn, int features, int outputs, double[] scales, double[][] points) {
    int lanes = points.length * outputs;
    for (int model = 0; model < points.length; model++) {
      double[] point = points[model];
      double scale = scales[model];
      for (int feature = 0; feature < features; feature++) {
        int from = feature * lanes + model * outputs;
        for (int k = 0; k < outputs; k++) {
          point[feature * outputs + k] = lanesIn[from + k] * scale;
        }
      }
    }
  }

  /** Sum of weights per model: what the mean loss is divided by. */
  static double[] totalWeights(RowMatrix matrix, double[][] classWeights) {
    double[] perClass = new double[classWeights[0].length];
    for (int row = 0; row < matrix.rows(); row++) {
      perClass[matrix.label(row)] += matrix.weight(row);
    }
    return Arrays.stream(classWeights)
        .mapToDouble(
            weights -> {
              double total = 0;
              for (int k = 0; k < weights.length; k++) {
                total += weights[k] * perClass[k];
              }
              return total;
            })
        .toArray();
  }
}
