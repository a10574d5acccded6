/**
 * Rows as plain arrays, which learners and resamplers read in their inner loops, and when such a
 * loop may be written with vectors. What the rows mean, and where they come from, is not known
 * here.
 */
package dev.lakewright.matrix;
