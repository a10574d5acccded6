/**
 * Ordinary {@code spark.ml} estimators over this project's solver, for people who write their own
 * Spark programs: a logistic classifier and a cross-validator that trains the models of a fold
 * together. No command line, no tables, no registry.
 */
package dev.lakewright.ml;
