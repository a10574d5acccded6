/**
 * Going on from a published model: what a retraining has to do, learning from new rows alone, and
 * whether the challenger takes the champion's place.
 */
package dev.lakewright.retrain;
