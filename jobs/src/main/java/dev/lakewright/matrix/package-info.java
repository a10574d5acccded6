/**
 * Rows as plain arrays, which learners and resamplers read in their inner loops. What the rows
 * mean, and where they come from, is not known here.
 */
package dev.lakewright.matrix;
