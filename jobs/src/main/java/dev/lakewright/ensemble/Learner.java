package dev.lakewright.ensemble;

import dev.lakewright.linear.LinearProblem;

/** What an ensemble's members are trained to minimize. */
public interface Learner {

  /**
   * The problem on some rows.
   *
   * @param classCounts rows per class, which class weights may depend on
   */
  LinearProblem problem(long[] classCounts);
}
