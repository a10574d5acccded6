/**
 * From a sweep to a model that can be published: calibration and thresholds on out-of-fold scores,
 * provenance, term names, the test. Holds no search and no learner.
 */
package dev.lakewright.training;
