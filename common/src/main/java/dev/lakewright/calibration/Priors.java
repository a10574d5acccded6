package dev.lakewright.calibration;

import dev.lakewright.errors.ConfigException;
import java.util.List;
import java.util.Map;

/** Shares of the classes among the rows that probabilities speak of. */
public final class Priors {

  private static final double ROUNDING = 1e-6;

  private Priors() {}

  /**
   * Shares among labelled rows; a class without rows counts as one row.
   *
   * @param labels class indices
   */
  public static double[] of(int classes, int[] labels) {
    double[] shares = new double[classes];
    for (int label : labels) {
      shares[label]++;
    }
    double total = 0;
    for (int k = 0; k < classes; k++) {
      shares[k] = Math.max(1, shares[k]);
      total += shares[k];
    }
    for (int k = 0; k < classes; k++) {
      shares[k] /= total;
    }
    return shares;
  }

  /**
   * Shares where the model will be used: those that are stated, the rest going to the other classes
   * in the proportions of the table.
   *
   * @param stated class to share; empty: the table's
   * @param table shares in the table, adding up to 1
   * @throws ConfigException when a class is unknown, or the shares do not add up to 1
   */
  public static double[] deployed(
      Map<String, Double> stated, List<String> classes, double[] table) {
    if (stated.isEmpty()) {
      return table.clone();
    }
    double rest = 1;
    double others = 1;
    for (Map.Entry<String, Double> entry : stated.entrySet()) {
      int place = classes.indexOf(entry.getKey());
      if (place < 0) {
        throw new ConfigException(
            "calibration.priors names the class %s, but the classes are %s"
                .formatted(entry.getKey(), classes));
      }
      rest -= entry.getValue();
      others -= table[place];
    }
    boolean complete = stated.size() == classes.size();
    if (complete ? Math.abs(rest) > ROUNDING : rest <= 0) {
      throw new ConfigException(
          "calibration.priors: %s leave %s for the other classes; let the shares of all classes add up to 1, or leave a class out"
              .formatted(stated, rest));
    }
    double[] shares = new double[table.length];
    for (int k = 0; k < shares.length; k++) {
      Double share = stated.get(classes.get(k));
      shares[k] = share == null ? rest * table[k] / others : share / (complete ? 1 - rest : 1);
    }
    return shares;
  }

  /** Logarithms of the ratios of two shares per class. */
  public static double[] logRatios(double[] to, double[] from) {
    double[] logs = new double[to.length];
    for (int k = 0; k < logs.length; k++) {
      logs[k] = StrictMath.log(to[k] / from[k]);
    }
    return logs;
  }
}
