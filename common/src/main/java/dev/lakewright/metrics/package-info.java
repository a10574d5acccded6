/**
 * How good scores are: metrics per class and averaged, curves, confidence intervals. Pure functions
 * of labels, probabilities and predictions; knows no model.
 */
package dev.lakewright.metrics;
