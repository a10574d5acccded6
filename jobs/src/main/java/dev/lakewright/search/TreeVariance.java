package dev.lakewright.search;

import dev.lakewright.search.RegressionTree.Leaf;
import java.util.List;

/**
 * The functional analysis of variance of a tree's predictions over the whole space: the variance of
 * a marginal is found from the leaves alone, each being a box (Hutter, Hoos and Leyton-Brown, ICML
 * 2014).
 */
final class TreeVariance {

  private final List<Cells> axes;
  private final List<Leaf> leaves;
  private final double[][] shares;
  private final double mean;

  TreeVariance(RegressionTree tree, List<Cells> axes) {
    this.axes = axes;
    this.leaves = tree.leaves();
    this.shares = new double[leaves.size()][axes.size()];
    double sum = 0;
    for (int leaf = 0; leaf < shares.length; leaf++) {
      for (int axis = 0; axis < axes.size(); axis++) {
        shares[leaf][axis] = share(leaves.get(leaf).region()[axis], axes.get(axis).weights());
      }
      sum += volumeBut(leaf, -1, -1) * leaves.get(leaf).mean();
    }
    mean = sum;
  }

  private static double share(boolean[] region, double[] weights) {
    double share = 0;
    for (int cell = 0; cell < region.length; cell++) {
      share += region[cell] ? weights[cell] : 0;
    }
    return share;
  }

  /** The volume of a leaf along all but up to two axes. */
  private double volumeBut(int leaf, int one, int other) {
    double volume = 1;
    for (int axis = 0; axis < axes.size(); axis++) {
      volume *= axis == one || axis == other ? 1 : shares[leaf][axis];
    }
    return volume;
  }

  /** The variance of all predictions. */
  double total() {
    double total = 0;
    for (int leaf = 0; leaf < shares.length; leaf++) {
      double effect = leaves.get(leaf).mean() - mean;
      total += volumeBut(leaf, -1, -1) * effect * effect;
    }
    return total;
  }

  /** The variance of the marginal of an axis: its main effect. */
  double alone(int axis) {
    double[] weights = axes.get(axis).weights();
    double[] effects = new double[weights.length];
    for (int leaf = 0; leaf < shares.length; leaf++) {
      boolean[] region = leaves.get(leaf).region()[axis];
      double effect = volumeBut(leaf, axis, -1) * (leaves.get(leaf).mean() - mean);
      for (int cell = 0; cell < region.length; cell++) {
        effects[cell] += region[cell] ? effect : 0;
      }
    }
    return variance(effects, weights);
  }

  /** The variance of the marginal of two axes, main effects included. */
  double joint(int one, int other) {
    double[] weights = axes.get(other).weights();
    double[][] effects = new double[axes.get(one).count()][weights.length];
    for (int leaf = 0; leaf < shares.length; leaf++) {
      boolean[] rows = leaves.get(leaf).region()[one];
      boolean[] columns = leaves.get(leaf).region()[other];
      double effect = volumeBut(leaf, one, other) * (leaves.get(leaf).mean() - mean);
      for (int row = 0; row < rows.length; row++) {
        for (int column = 0; rows[row] && column < columns.length; column++) {
          effects[row][column] += columns[column] ? effect : 0;
        }
      }
    }
    double variance = 0;
    for (int row = 0; row < effects.length; row++) {
      variance += axes.get(one).weights()[row] * variance(effects[row], weights);
    }
    return variance;
  }

  private static double variance(double[] effects, double[] weights) {
    double variance = 0;
    for (int cell = 0; cell < effects.length; cell++) {
      variance += weights[cell] * effects[cell] * effects[cell];
    }
    return variance;
  }
}
