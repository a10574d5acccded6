/**
 * Resampled Delta tables: random over- and under-sampling at any size by hashes of rows, other
 * methods of {@code sampling} in one task of an executor, SMOTE of what does not fit over spread
 * rows.
 */
package dev.lakewright.resampling;
