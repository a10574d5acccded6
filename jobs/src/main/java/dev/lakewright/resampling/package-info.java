/**
 * Resampled Delta tables: random over- and under-sampling at any size by hashes of rows, other
 * methods of {@code sampling} in one task of an executor, and what does not fit there by those of
 * {@code spread}.
 */
package dev.lakewright.resampling;
