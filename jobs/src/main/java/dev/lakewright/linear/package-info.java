/**
 * Linear learners: the logistic loss over row-blocked sparse matrices, and the minimizer that
 * advances many models together. Plain arrays only; where rows come from and where models run is
 * the business of {@code features} and {@code tuning}.
 */
package dev.lakewright.linear;
