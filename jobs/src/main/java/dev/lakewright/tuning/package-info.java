/**
 * Cross-validation and the trial table. Trials that count features alike share their counted rows;
 * folds and trials run side by side on the cluster.
 */
package dev.lakewright.tuning;
