/**
 * From raw scores to probabilities and from probabilities to a label: the functions that a model
 * carries, and how they are chosen on out-of-fold scores. Knows nothing of features or learners.
 */
package dev.lakewright.calibration;
