package dev.lakewright.linear;

/**
 * The data's part of the objective for several models at once, so that one pass over the rows
 * serves all of them.
 */
interface BatchObjective {

  /** Length of a point: {@code features × outputs} weights, then {@code outputs} intercepts. */
  int dimension();

  /** Number of outputs: 1 for two classes, else one per class. */
  int outputs();

  /**
   * Evaluates mean weighted loss and its gradient.
   *
   * @param classWeights per model, one per class
   * @param points per model, where to evaluate
   * @param losses out: per model
   * @param gradients out: per model, overwritten
   */
  void evaluate(double[][] classWeights, double[][] points, double[] losses, double[][] gradients);
}
